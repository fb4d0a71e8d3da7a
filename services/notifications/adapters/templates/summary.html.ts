/** The order itself. The lines are a table of data, with headers that a screen reader tells. */
export const summaryHtml = /* html */ `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:30px;">
<tr>
<td class="soft" style="font-size:13px;line-height:20px;color:#66655d;">Order number<br><span class="ink" style="font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px;color:#262822;word-break:break-all;">{{orderId}}</span></td>
</tr>
<tr><td class="soft" style="padding-top:10px;font-size:13px;line-height:20px;color:#66655d;">{{dateLabel}}<br><span class="ink" style="font-size:15px;color:#262822;">{{date}}</span></td></tr>
{{#facts}}
<tr><td class="soft" style="padding-top:10px;font-size:13px;line-height:20px;color:#66655d;">{{name}}<br><span class="ink" style="font-size:15px;color:#262822;word-break:break-all;">{{value}}</span></td></tr>
{{/facts}}
</table>
{{#table}}
<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:22px;border-collapse:collapse;">
<thead>
<tr>
<th class="soft rule" scope="col" align="left" style="padding:0 0 8px;border-bottom:1px solid #dedad0;font-size:13px;line-height:20px;font-weight:400;text-align:left;color:#66655d;">{{linesLabel}}</th>
<th class="soft rule" scope="col" align="right" style="padding:0 0 8px 16px;border-bottom:1px solid #dedad0;font-size:13px;line-height:20px;font-weight:400;text-align:right;color:#66655d;">Amount</th>
</tr>
</thead>
<tbody>
{{#lines}}
<tr>
<td class="rule" valign="top" style="padding:14px 0;border-bottom:1px solid #ece8df;"><span class="ink" style="font-size:16px;line-height:23px;font-weight:600;color:#262822;">{{name}}</span><br><span class="soft" style="font-size:14px;line-height:22px;color:#66655d;">{{quantity}} × {{unitPrice}}</span></td>
<td class="ink rule" valign="top" align="right" style="padding:14px 0 14px 16px;border-bottom:1px solid #ece8df;font-size:16px;line-height:23px;text-align:right;white-space:nowrap;color:#262822;">{{total}}</td>
</tr>
{{/lines}}
</tbody>
{{#total}}
<tfoot>
<tr>
<th class="ink" scope="row" align="left" style="padding:16px 0 0;font-size:16px;line-height:26px;font-weight:600;text-align:left;color:#262822;">{{totalLabel}}</th>
<td class="ink" align="right" style="padding:16px 0 0 16px;font-size:20px;line-height:26px;font-weight:700;text-align:right;white-space:nowrap;color:#262822;">{{total}}</td>
</tr>
</tfoot>
{{/total}}
</table>
{{/table}}
{{#address}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:30px;">
<tr><td class="soft" style="font-size:13px;line-height:20px;color:#66655d;">{{addressLabel}}</td></tr>
<tr><td class="ink" style="padding-top:3px;font-size:15px;line-height:23px;color:#262822;">{{#lines}}{{.}}<br>{{/lines}}</td></tr>
</table>
{{/address}}
`;
