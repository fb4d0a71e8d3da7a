import { NO_MONEY, type Payment } from '../domain/payment';

/** The row of a payment: what the domain knows, flat, with the step that moved it last. Well below a write unit of 1 KB. */
export interface PaymentRow extends Omit<Payment, 'money' | 'movedBy'> {
  sk: 'payment';
  moved: { by: string; at: string };
  amount: number;
  currency: string;
}

export const PAYMENT = 'payment';

/** Authorisations that run out are found by the index `byAuthorization`, spread over this many partitions. */
export const AUTHORIZATION_BUCKETS = 4;

export const authorizationBucket = (bucket: number): string => `authorized#${bucket}`;

/** The row's counters are absent until the first refund; a tombstone has no amount. */
export function paymentOf(row: Record<string, unknown>): Payment {
  const {
    orderId,
    state,
    moved,
    attempt,
    askedAt,
    chargeId,
    nextAction,
    declineCode,
    openRefund,
    trouble,
    captureOn,
    authorizedUntil,
    ...rest
  } = row as unknown as Partial<PaymentRow>;
  return {
    orderId: orderId as string,
    state: state as Payment['state'],
    movedBy: moved?.by,
    attempt: attempt as number,
    money: { amount: rest.amount ?? NO_MONEY.amount, currency: rest.currency ?? NO_MONEY.currency },
    askedAt: askedAt ?? 0,
    chargeId,
    nextAction,
    declineCode,
    openRefund,
    trouble,
    captureOn,
    authorizedUntil,
    captured: rest.captured ?? (state === 'CAPTURED' ? (rest.amount ?? 0) : 0),
    refundable: rest.refundable ?? 0,
    refunded: rest.refunded ?? 0,
    disputed: rest.disputed ?? 0,
    chargedBack: rest.chargedBack ?? 0,
    refunds: rest.refunds ?? 0,
    version: rest.version ?? 0,
  };
}
