import type { Money } from '../../../shared/kernel/money';

export type PaymentState =
  | 'PENDING'
  | 'REQUIRES_ACTION'
  | 'AUTHORIZED'
  | 'CAPTURED'
  | 'DECLINED'
  | 'ABANDONING'
  | 'VOIDED';

/** What the customer must do before the provider goes on, as the API shows it. */
export interface NextAction {
  type: 'redirect';
  url: string;
  expiresAt: string;
}

/** True once the customer's time is over, or when there is nowhere to act at all. */
export const actionOver = (action: NextAction | undefined, now: number): boolean =>
  action === undefined || Date.parse(action.expiresAt) <= now;

/** A refund that was taken off `refundable` and whose end at the provider is not known yet. */
export interface OpenRefund {
  id: string;
  amount: number;
}

/**
 * Why the last try of an attempt failed. UNREACHED: the provider could not be asked (refused, 5xx, breaker open).
 * UNANSWERED: it was asked, and no answer came in time, so the charge may have happened.
 */
export interface ProviderTrouble {
  kind: 'UNREACHED' | 'UNANSWERED';
  reason: string;
  attempt: number;
}

/** The payment of one order, as its row says. Amounts are minor units of `money.currency`. */
export interface Payment {
  orderId: string;
  state: PaymentState;
  /** What moved it there last: a step of the saga, or the renewal of authorisations. */
  movedBy?: string;
  /** The highest attempt of the order that this row has seen; a lower one is superseded. */
  attempt: number;
  /** What the order costs; nothing (`XXX`) on the tombstone of a payment that was never begun. */
  money: Money;
  /** When the provider was first about to be asked, milliseconds since the epoch. */
  askedAt: number;
  chargeId?: string;
  nextAction?: NextAction;
  declineCode?: string;
  /** Taken from the customer so far: all at once, or shipment by shipment. */
  captured: number;
  refundable: number;
  refunded: number;
  /** Held back by the provider while disputes are open, and lost by those that were decided against us. */
  disputed: number;
  chargedBack: number;
  /** How many refunds were taken so far, which makes the next one's id. */
  refunds: number;
  openRefund?: OpenRefund;
  trouble?: ProviderTrouble;
  /** The charge only authorizes, and each shipment captures its part; absent where the order captures all. */
  captureOn?: 'shipment';
  /** While AUTHORIZED: until when the provider lets us capture. */
  authorizedUntil?: string;
  /** Raised by every booking outside the saga, which is conditional on it; what the events of a payment carry. */
  version: number;
}

/** ISO 4217's code for "no currency": a tombstone has no price. */
export const NO_MONEY: Money = { amount: 0, currency: 'XXX' };

/** The provider's idempotency key, derived from the order alone: no attempt can ever charge it a second time. */
export const chargeKey = (orderId: string): string => `pay#${orderId}`;

const REFUND = 'refund#';

export const refundKey = (refundId: string): string => `${REFUND}${refundId}`;

/** Undefined for a key that is not of a refund of ours. */
export const refundIdOf = (key: string | undefined): string | undefined =>
  key?.startsWith(REFUND) ? key.slice(REFUND.length) : undefined;

/** The refund of all that is left. Its id follows from the row, so that two who take it at once take the same one. */
export const refundOfRest = ({ orderId, refunds, refundable }: Payment): OpenRefund => ({
  id: `${orderId}-${refunds + 1}`,
  amount: refundable,
});

/** What of the authorisation is not captured yet. */
export const uncaptured = ({ money, captured }: Payment): number => money.amount - captured;

/** The contract's `paymentStatus`. While nobody knows where the money is, clients see UNKNOWN. */
export function paymentStatusOf(payment: Payment): string {
  const { state, captured, refunded, disputed, chargedBack, openRefund } = payment;
  if (state === 'ABANDONING' || openRefund) return 'UNKNOWN';
  if (disputed + chargedBack > 0) return 'DISPUTED';
  if (refunded === 0) return state;
  return state === 'CAPTURED' && refunded >= captured ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
}
