import type { Money } from '../../../shared/kernel/money';
import type { NextAction, OpenRefund, Payment, PaymentState, ProviderTrouble } from '../domain/payment';

export type CaptureOn = 'order' | 'shipment';

export type SagaStep = 'ProcessPayment' | 'RefundPayment' | 'RenewAuthorization';

export interface Opening {
  orderId: string;
  attempt: number;
  money: Money;
  at: number;
  /** Decided with the first attempt, for good. */
  captureOn: CaptureOn;
}

/** A move of a payment, and what becomes known with it. */
export interface PaymentMove {
  to: PaymentState;
  by: SagaStep;
  at: number;
  chargeId?: string;
  nextAction?: NextAction;
  declineCode?: string;
  authorizedUntil?: string;
}

/**
 * The rows that decide about payments. Each call is one conditional write and gives the payment as it is afterwards,
 * moved by this call or by another: the caller looks at the state, never assumes it.
 */
export interface Payments {
  /** Takes the order's payment on for this attempt, and makes it PENDING where there is none. */
  open(order: Opening): Promise<Payment>;
  /** Takes it on for this attempt, and leaves a VOIDED tombstone where there is none: nothing can be charged later. */
  close(order: { orderId: string; attempt: number; at: number }): Promise<Payment>;
  /** Only from the state and the attempt that `payment` shows. */
  move(payment: Payment, move: PaymentMove): Promise<Payment>;
  /** Keeps why this attempt could not ask the provider, on a payment that is still open. */
  note(payment: Payment, trouble: ProviderTrouble, at: number): Promise<void>;
}

/** docs/rules.md, 8: a refund is taken off `refundable` before it is sent. */
export interface Refunds {
  take(payment: Payment, refund: OpenRefund, at: number): Promise<Payment>;
  /** SUCCEEDED counts it, FAILED gives the amount back to `refundable`. */
  settle(payment: Payment, refund: OpenRefund, end: 'SUCCEEDED' | 'FAILED', at: number): Promise<Payment>;
}
