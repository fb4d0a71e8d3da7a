/** The first words: what happened, and the one thing the reader must not miss. */
export const introHtml = /* html */ `<table role="presentation" cellpadding="0" cellspacing="0" border="0">
<tr>
<td class="badge" aria-hidden="true" align="center" valign="middle" width="26" height="26" style="width:26px;height:26px;border-radius:13px;background-color:{{theme.accent}};color:#fffefb;font-size:14px;line-height:26px;font-weight:700;">{{theme.mark}}</td>
<td class="accent" style="padding-left:10px;font-size:13px;line-height:20px;font-weight:700;letter-spacing:0.3px;color:{{theme.accent}};">{{label}}</td>
</tr>
</table>
<h1 class="ink headline" style="margin:18px 0 0;font-family:Georgia,'Times New Roman',serif;font-size:29px;line-height:1.25;font-weight:400;color:#262822;">{{headline}}</h1>
<p class="ink" style="margin:18px 0 0;font-size:16px;line-height:25px;color:#262822;">{{greeting}}</p>
{{#paragraphs}}
<p class="ink" style="margin:10px 0 0;font-size:16px;line-height:25px;color:#262822;">{{.}}</p>
{{/paragraphs}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:20px;">
<tr><td class="note" style="padding:13px 16px;background-color:{{theme.note}};border-left:3px solid {{theme.accent}};border-radius:4px;font-size:15px;line-height:23px;color:#262822;">{{note}}</td></tr>
</table>
{{#link}}
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin-top:22px;">
<tr><td class="button" align="center" style="border-radius:8px;background-color:{{theme.accent}};"><a class="button" href="{{link}}" style="display:inline-block;padding:12px 22px;border-radius:8px;font-size:16px;line-height:22px;font-weight:600;text-decoration:none;background-color:{{theme.accent}};color:#fffefb;">{{linkLabel}}</a></td></tr>
</table>
{{/link}}
`;
