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

export const mayMove = (from: PaymentState, to: PaymentState): boolean => PAYMENT_MOVES[from].includes(to);
