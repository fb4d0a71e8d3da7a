import type { PaymentState } from './payment';

/** Every legal move of a payment (docs/rules.md, 5); whatever is not here is refused. */
export const PAYMENT_MOVES: Record<PaymentState, readonly PaymentState[]> = {
  PENDING: ['REQUIRES_ACTION', 'AUTHORIZED', 'CAPTURED', 'DECLINED', 'ABANDONING'],
  REQUIRES_ACTION: ['AUTHORIZED', 'CAPTURED', 'DECLINED', 'ABANDONING'],
  AUTHORIZED: ['CAPTURED', 'ABANDONING'],
  ABANDONING: ['VOIDED'],
  CAPTURED: [],
  DECLINED: [],
  VOIDED: [],
};

export type RefundStatus = 'PENDING' | 'SUCCEEDED' | 'FAILED';

/** Every legal move of a refund (docs/rules.md, 8). One made at the provider begins at its end; a bank may refuse one days later. */
export const REFUND_MOVES: Record<RefundStatus | 'NONE', readonly RefundStatus[]> = {
  NONE: ['PENDING', 'SUCCEEDED', 'FAILED'],
  PENDING: ['SUCCEEDED', 'FAILED'],
  SUCCEEDED: ['FAILED'],
  FAILED: [],
};

export type DisputeStatus = 'OPEN' | 'WON' | 'LOST';

/** Every legal move of a dispute. Its end may be told of before its beginning. */
export const DISPUTE_MOVES: Record<DisputeStatus | 'NONE', readonly DisputeStatus[]> = {
  NONE: ['OPEN', 'WON', 'LOST'],
  OPEN: ['WON', 'LOST'],
  WON: [],
  LOST: [],
};

export const mayMove = (from: PaymentState, to: PaymentState): boolean => PAYMENT_MOVES[from].includes(to);
