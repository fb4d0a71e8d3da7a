import { type Money, sameMoney } from '../../../shared/kernel/money';
import { DAY, iso } from '../../../shared/kernel/time';
import { actionOver, type NextAction, type Payment, type PaymentState } from './payment';

/** `closed`: the key was abandoned. `refused`: the provider will never take this request, for no fault of the card. */
export type ChargeStatus =
  | 'succeeded'
  | 'authorized'
  | 'requires_action'
  | 'declined'
  | 'partially_refunded'
  | 'refunded'
  | 'voided'
  | 'expired'
  | 'closed'
  | 'refused';

/** A charge as the provider tells of it. */
export interface Charge {
  id: string;
  status: ChargeStatus;
  reference: string;
  money: Money;
  /** Minor units given back so far. */
  refunded: number;
  createdAt: string;
  nextAction?: NextAction;
  declineCode?: string;
  /** Until when an authorisation can be captured, where the provider says it. */
  authorizedUntil?: string;
}

/** What a charge says about a payment: the state it leads to, or that it is to be given up. */
const LEADS_TO: Record<ChargeStatus, PaymentState> = {
  succeeded: 'CAPTURED',
  authorized: 'AUTHORIZED',
  requires_action: 'REQUIRES_ACTION',
  declined: 'DECLINED',
  partially_refunded: 'ABANDONING',
  refunded: 'ABANDONING',
  voided: 'ABANDONING',
  expired: 'ABANDONING',
  closed: 'ABANDONING',
  refused: 'ABANDONING',
};

/** Card schemes hold for a week, where the provider does not say how long. */
const HELD_FOR = 7 * DAY;

export const authorizedUntil = ({ authorizedUntil: until }: Charge, now: number): string =>
  until ?? iso(now + HELD_FOR);

/** True when money moved or may still move under this charge. */
export const holdsMoney = ({ status }: Charge): boolean =>
  ['succeeded', 'authorized', 'requires_action', 'partially_refunded'].includes(status);

/**
 * A charge of another amount, currency or order than was asked for is given up, whatever its status; an action, when
 * its time is over. The row's word on that goes before the provider's: one without an expiry dates it anew each time.
 */
export function verdict(payment: Payment, charge: Charge | undefined, now: number): PaymentState {
  if (!charge) return 'ABANDONING';
  const waits = charge.status === 'requires_action';
  if (waits && actionOver(payment.nextAction ?? charge.nextAction, now)) return 'ABANDONING';
  const asked = charge.reference === payment.orderId && sameMoney(charge.money, payment.money);
  return asked || !holdsMoney(charge) ? LEADS_TO[charge.status] : 'ABANDONING';
}
