/** What was kept of an order's payment, as rows: amounts, states, times and the words of staff. */
export type PaymentFile = Record<string, unknown>[];

export interface ReadsPaymentFiles {
  fileOf(orderId: string): Promise<PaymentFile>;
}

export interface ErasesRefundReasons {
  /** A refund is on its way: whoever settles it writes its row anew. */
  isOpen(orderId: string): Promise<boolean>;
  /** The words of staff, and the stored replies that repeat them; the amounts stay. */
  eraseReasons(orderId: string): Promise<void>;
}
