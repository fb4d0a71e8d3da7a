/** Bars are cells of tables with a height or a width of their own: every mail client draws those, none a script or SVG. */
export const dailyReportHtml = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>{{subject}}</title>
</head>
<body style="margin:0;padding:0;background-color:#f4f2ed;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f4f2ed;">
<tr><td align="center" style="padding:32px 12px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:640px;font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;color:#262822;">
<tr><td style="padding:0 4px 14px;font-size:19px;font-weight:700;letter-spacing:-0.3px;">orderly<span style="color:#1e6b52;">.</span></td></tr>
<tr><td style="padding:30px 28px;background-color:#fffefb;border:1px solid #e5e1d8;border-radius:14px;">
<h1 style="margin:0;font-family:Georgia,'Times New Roman',serif;font-size:26px;line-height:1.25;font-weight:400;">{{title}}</h1>
<p style="margin:6px 0 0;font-size:14px;line-height:21px;color:#6a6a62;">All times UTC. The same figures as CSV: {{csvKey}}</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:22px;">
{{#rows}}
<tr>
{{#figures}}
<td width="50%" valign="top" style="padding:12px 8px 12px 0;border-top:2px solid #1e6b52;">
<div style="font-size:12px;line-height:18px;color:#6a6a62;">{{label}}</div>
{{#values}}<div style="font-size:19px;line-height:26px;font-weight:700;">{{.}}</div>{{/values}}
<div style="font-size:12px;line-height:18px;color:#6a6a62;">{{note}}</div>
</td>
{{/figures}}
</tr>
{{/rows}}
</table>
<h2 style="margin:26px 0 0;font-size:15px;line-height:22px;">Orders by the hour</h2>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:8px;table-layout:fixed;">
<tr>
{{#hours}}
<td valign="bottom" align="center" height="150" style="height:150px;padding:0 1px;">
<div style="font-size:10px;line-height:14px;color:#6a6a62;">{{shown}}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td height="{{height}}" bgcolor="#1e6b52" style="height:{{height}}px;line-height:{{height}}px;font-size:1px;background-color:#1e6b52;">&nbsp;</td></tr></table>
</td>
{{/hours}}
</tr>
<tr>
{{#hours}}<td align="center" style="border-top:1px solid #c9c5ba;font-size:10px;line-height:16px;color:#6a6a62;">{{hour}}</td>{{/hours}}
</tr>
</table>
<h2 style="margin:26px 0 0;font-size:15px;line-height:22px;">How orders stand</h2>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:6px;font-size:14px;line-height:22px;">
{{#statuses}}<tr><td style="padding:3px 0;border-bottom:1px solid #eeebe3;">{{status}}</td><td align="right" style="padding:3px 0;border-bottom:1px solid #eeebe3;">{{count}}</td></tr>
{{/statuses}}
{{^statuses}}<tr><td style="color:#6a6a62;">No order on this day.</td></tr>{{/statuses}}
</table>
<h2 style="margin:26px 0 0;font-size:15px;line-height:22px;">Top products</h2>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:6px;font-size:14px;line-height:20px;">
{{#products}}
<tr><td style="padding:6px 8px 0 0;">{{name}}</td><td align="right" style="padding:6px 0 0;white-space:nowrap;">{{units}} · {{revenue}}</td></tr>
<tr><td colspan="2" style="padding:2px 0 4px;"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td width="{{percent}}%" bgcolor="#86bfa8" height="8" style="height:8px;line-height:8px;font-size:1px;background-color:#86bfa8;">&nbsp;</td>{{#rest}}<td width="{{rest}}%" height="8" style="height:8px;line-height:8px;font-size:1px;">&nbsp;</td>{{/rest}}</tr></table></td></tr>
{{/products}}
{{^products}}<tr><td style="color:#6a6a62;">Nothing was sold.</td></tr>{{/products}}
</table>
<h2 style="margin:26px 0 0;font-size:15px;line-height:22px;">Slowest steps</h2>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:6px;font-size:14px;line-height:22px;">
<tr style="color:#6a6a62;font-size:12px;"><td>step</td><td align="right">runs</td><td align="right">median</td><td align="right">95 %</td><td align="right">slowest</td></tr>
{{#steps}}<tr><td style="border-top:1px solid #eeebe3;">{{step}}</td><td align="right" style="border-top:1px solid #eeebe3;">{{count}}</td><td align="right" style="border-top:1px solid #eeebe3;">{{median}}</td><td align="right" style="border-top:1px solid #eeebe3;">{{p95}}</td><td align="right" style="border-top:1px solid #eeebe3;">{{slowest}}</td></tr>
{{/steps}}
</table>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;

export const dailyReportText = `{{title}} (UTC)

{{#figures}}{{label}}: {{#values}}{{.}} {{/values}}({{note}})
{{/figures}}
How orders stand
{{#statuses}}  {{status}}: {{count}}
{{/statuses}}
Top products
{{#products}}  {{name}}: {{units}} · {{revenue}}
{{/products}}
Slowest steps (95 %)
{{#steps}}  {{step}}: {{p95}} of {{count}} runs
{{/steps}}
As CSV: {{csvKey}}
`;
