import type { Money } from '../../../shared/kernel/money';
import type { RefundStatus } from './moves';

/** Money on its way back, taken off `refundable` before it was sent (docs/rules.md, 8). */
export interface Refund {
  id: string;
  orderId: string;
  amount: Money;
  status: RefundStatus;
  takenAt: string;
  settledAt?: string;
  /** Why, in the words of staff; it leaves the row for nobody but them. */
  reason?: string;
  /** The record of the stored reply, which repeats the reason and is erased with it. */
  replyKey?: string;
}
