/** Which endpoint it is. */
export const ownerSummaryHtml = /* html */ `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:30px;">
<tr><td class="soft" style="font-size:13px;line-height:20px;color:#66655d;">Endpoint<br><span class="ink" style="font-size:15px;color:#262822;word-break:break-all;">{{url}}</span></td></tr>
<tr><td class="soft" style="padding-top:10px;font-size:13px;line-height:20px;color:#66655d;">Id<br><span class="ink" style="font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px;color:#262822;word-break:break-all;">{{id}}</span></td></tr>
{{#description}}
<tr><td class="soft" style="padding-top:10px;font-size:13px;line-height:20px;color:#66655d;">Description<br><span class="ink" style="font-size:15px;color:#262822;">{{description}}</span></td></tr>
{{/description}}
</table>
`;

export const ownerText = `{{headline}}

{{greeting}}

{{#paragraphs}}
{{.}}

{{/paragraphs}}
{{note}}

Endpoint: {{url}}
Id: {{id}}
{{#description}}
Description: {{description}}
{{/description}}

--
orderly. Something not right? Reply to this mail.
`;
