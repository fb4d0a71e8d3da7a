/** One message of at most two parts (306 characters of GSM-7) without its link. */
export const smsText =
  'orderly: {{title}}. {{text}} Order {{orderId}}{{#url}} {{url}}{{/url}}{{^url}}.{{/url}}';
