/** What became of a message about an order: one line of its timeline. */
export interface OrderMessage {
  orderId: string;
  messageId: string;
  /** email, sms, push or webhook. */
  channel: string;
  kind: string;
  /** SENT, BOUNCED, COMPLAINED, SUPPRESSED or FAILED. */
  outcome: string;
  reason?: string;
  at: string;
  correlationId: string;
}
