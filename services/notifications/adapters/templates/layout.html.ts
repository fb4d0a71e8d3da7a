/**
 * The frame of every mail. Tables and inline styles, since mail clients know little else; the style block adds what
 * better clients take: dark colours and a narrow screen. No picture and no font is fetched from anywhere; the one link there may be opens the order.
 *
 * Light colours are inline; dark ones by class under prefers-color-scheme (Apple Mail, iOS, Thunderbird) and under
 * [data-ogsc] (Outlook.com). Clients that invert by force (Gmail apps) get every text with its background in the same
 * cell, no pure black or white, and no colour that alone carries a meaning.
 */
export const layoutHtml = /* html */ `<!doctype html>
<html lang="en" dir="ltr" xmlns="http://www.w3.org/1999/xhtml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<meta name="x-apple-disable-message-reformatting">
<title>{{subject}}</title>
<!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]-->
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) {
  .outer { padding: 20px 10px 28px !important; }
  .card { padding: 28px 22px 26px !important; }
  .headline { font-size: 25px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: #171816 !important; }
  .card { background-color: #21231f !important; border-color: #353831 !important; }
  .ink { color: #eeece6 !important; }
  .soft { color: #b3b1a8 !important; }
  .rule { border-color: #3a3d36 !important; }
  .accent { color: {{theme.onDark}} !important; }
  .badge { background-color: {{theme.onDark}} !important; color: #171816 !important; }
  .button { background-color: {{theme.onDark}} !important; color: #171816 !important; }
  .note { background-color: {{theme.noteOnDark}} !important; color: #eeece6 !important; border-color: {{theme.onDark}} !important; }
}
[data-ogsc] .ink, [data-ogsc] .note { color: #eeece6 !important; }
[data-ogsc] .soft { color: #b3b1a8 !important; }
[data-ogsc] .accent { color: {{theme.onDark}} !important; }
[data-ogsb] .page { background-color: #171816 !important; }
[data-ogsb] .card { background-color: #21231f !important; }
[data-ogsb] .note { background-color: {{theme.noteOnDark}} !important; }
</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:#f4f2ed;-webkit-text-size-adjust:100%;">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;" aria-hidden="true">{{preheader}}</div>
<div role="article" aria-roledescription="email" aria-label="{{subject}}" lang="en">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f4f2ed;">
<tr><td class="outer" align="center" style="padding:36px 20px 44px;">
<!--[if mso]><table role="presentation" width="560" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;font-family:-apple-system,'Segoe UI',Roboto,'Open Sans','Helvetica Neue',Arial,sans-serif;">
<tr><td class="ink" style="padding:0 4px 16px;font-size:19px;line-height:24px;font-weight:700;letter-spacing:-0.3px;color:#262822;">orderly<span class="accent" style="color:{{theme.accent}};">.</span></td></tr>
<tr><td class="card" style="padding:38px 40px 34px;word-break:break-word;background-color:#fffefb;border:1px solid #e5e1d8;border-radius:14px;">
{{> intro}}
{{> summary}}
</td></tr>
<tr><td class="soft" style="padding:20px 4px 0;font-size:13px;line-height:20px;color:#66655d;">Something not right? Reply to this mail and leave the order number in.</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</div>
</body>
</html>
`;
