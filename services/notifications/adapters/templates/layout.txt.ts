/** The same mail for those who read plain text: complete, and in the order in which it is read aloud. */
export const layoutText = `{{headline}}

{{greeting}}

{{#paragraphs}}
{{.}}

{{/paragraphs}}
{{note}}

{{#link}}
{{linkLabel}}: {{link}}

{{/link}}
Order number: {{orderId}}
{{dateLabel}}: {{date}}
{{#facts}}
{{name}}: {{value}}
{{/facts}}
{{#table}}

{{linesLabel}}
{{#lines}}
- {{name}}
  {{quantity}} x {{unitPrice}} = {{total}}
{{/lines}}
{{#total}}

{{totalLabel}}: {{total}}
{{/total}}
{{/table}}
{{#address}}

{{addressLabel}}
{{#lines}}
{{.}}
{{/lines}}
{{/address}}

--
orderly. Something not right? Reply to this mail and leave the order number in.
`;
