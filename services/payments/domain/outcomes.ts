import type { Payment, PaymentState } from './payment';

/** What ProcessPayment tells the saga of a payment that rests in a state. PENDING never rests: it is charged again. */
const CHARGED: Record<PaymentState, string> = {
  PENDING: 'UNKNOWN',
  REQUIRES_ACTION: 'REQUIRES_ACTION',
  AUTHORIZED: 'AUTHORIZED',
  CAPTURED: 'CAPTURED',
  DECLINED: 'DECLINED',
  ABANDONING: 'UNKNOWN',
  VOIDED: 'FAILED',
};

/** What RefundPayment tells: an unsettled payment is UNKNOWN, and its order waits with its stock held. */
const GIVEN_BACK: Record<PaymentState, string> = {
  PENDING: 'UNKNOWN',
  REQUIRES_ACTION: 'UNKNOWN',
  AUTHORIZED: 'UNKNOWN',
  CAPTURED: 'UNKNOWN',
  DECLINED: 'DECLINED',
  ABANDONING: 'UNKNOWN',
  VOIDED: 'VOIDED',
};

const untouched = ({ refunds, refunded, captured, openRefund }: Payment): boolean =>
  refunds === 0 && !openRefund && refunded < captured;

/** A captured payment that the saga gave back, or that was given back in whole, pays for nothing any more. */
export const chargeOutcome = (payment: Payment): string =>
  payment.state === 'CAPTURED' && !untouched(payment) ? 'FAILED' : CHARGED[payment.state];

/** What the bank holds or took is not ours to give back. */
const givenBack = ({ refunded, disputed, chargedBack, captured, openRefund }: Payment): boolean =>
  refunded + disputed + chargedBack >= captured && !openRefund;

export const refundOutcome = (payment: Payment): string =>
  payment.state === 'CAPTURED' && givenBack(payment) ? 'REFUNDED' : GIVEN_BACK[payment.state];
