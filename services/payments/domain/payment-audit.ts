import type { Payment } from './payment';

/** What a payment says to whoever compares the books. */
export type PaymentAudit = Pick<
  Payment,
  'orderId' | 'state' | 'chargeId' | 'captured' | 'refundable' | 'refunded' | 'disputed' | 'chargedBack'
>;
