import type { Payment } from '../domain/payment';
import type { ReturnRefund } from '../domain/return-refund';

/** docs/rules.md, 8, for returns: taken off `refundable` first, beside whatever else is refunded of the order. */
export interface ReturnRefunds {
  /** The order's payment, strongly consistent. @throws Error when there is none. */
  payment(orderId: string): Promise<Payment>;
  /** The refunds of one return, oldest first: all but the last have failed. */
  of(orderId: string, returnId: string): Promise<ReturnRefund[]>;
  /** Off `refundable`, and the refund PENDING, in one write. False: another came first, so look again. */
  take(refund: ReturnRefund): Promise<boolean>;
  /** SUCCEEDED counts it, FAILED gives the amount back to `refundable`; once, however often it is called. */
  settle(refund: ReturnRefund, end: 'SUCCEEDED' | 'FAILED', at: number): Promise<void>;
}
