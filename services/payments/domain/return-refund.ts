import { iso } from '../../../shared/kernel/time';
import type { Payment } from './payment';

/** A refund for a return, whose id follows from the return's, so that no attempt makes a second one. */
export interface ReturnRefund {
  id: string;
  orderId: string;
  status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  /** Minor units of the payment's currency. */
  amount: number;
  currency: string;
  /** ISO time; the provider's memory of keys ends some day. */
  takenAt: string;
}

/** `ret_…-1`, and the next number only after the provider refused the one before for good: its key stays refused. */
export const returnRefundId = (returnId: string, failed: number): string => `${returnId}-${failed + 1}`;

/** What is due for the return, at most what is left: staff or the provider may have given it back already. */
export const refundOfReturn = (
  payment: Payment,
  { returnId, due, failed, at }: { returnId: string; due: number; failed: number; at: number },
): ReturnRefund => ({
  id: returnRefundId(returnId, failed),
  orderId: payment.orderId,
  status: 'PENDING',
  amount: Math.min(due, payment.refundable),
  currency: payment.money.currency,
  takenAt: iso(at),
});

/** A parcel may still be captured, or a dispute be won: then there is more to refund than now. */
export const mayGrow = ({ state, disputed }: Payment): boolean => state === 'AUTHORIZED' || disputed > 0;
