import { iso } from '../../../shared/kernel/time';
import type { Order, PaymentStatus } from './order';
import { PAYMENT_TIME } from './order-holds';
import { nextAttempt } from './order-moves';

/** What payments says of an order's payment; of two, the one with the higher version is the newer. */
export interface PaymentNews {
  version: number;
  paymentStatus: PaymentStatus;
}

/** An attempt ended and left the order to its customer or to the provider: the next one finds out what came of it. */
const waits = ({ owed, paymentStatus }: Order): boolean =>
  owed && (paymentStatus === 'REQUIRES_ACTION' || paymentStatus === 'UNKNOWN');

/** WAITS_NOT: nothing is to be asked. RUNNING: an attempt is at work and may be about to park the order. */
export function settle(order: Order, at: string): { order: Order } | { outcome: 'WAITS_NOT' | 'RUNNING' } {
  if (waits(order)) return { order: nextAttempt(order, at) };
  return { outcome: order.owed && order.runBy !== undefined ? 'RUNNING' : 'WAITS_NOT' };
}

const ENDS: readonly PaymentStatus[] = ['VOIDED', 'REFUNDED', 'DECLINED'];
/** What news that a step of the saga overtook may still say. */
const BEFORE_AN_END: readonly PaymentStatus[] = ['AUTHORIZED', 'CAPTURED', 'PARTIALLY_REFUNDED'];

function statusAfter(order: Order, { version, paymentStatus }: PaymentNews): PaymentStatus {
  const older = version <= (order.paymentVersion ?? 0);
  const ended = order.status === 'CANCELLED' || order.status === 'REJECTED';
  const overtaken = ended && ENDS.includes(order.paymentStatus) && BEFORE_AN_END.includes(paymentStatus);
  // UNKNOWN is a step's word for "ask again"; the step itself says it to the order.
  return older || overtaken || paymentStatus === 'UNKNOWN' ? order.paymentStatus : paymentStatus;
}

/** The payment moved without a step of the saga. News that arrives late changes nothing but the version. */
export const hearOf = (order: Order, news: PaymentNews, at: string): Order => ({
  ...order,
  paymentStatus: statusAfter(order, news),
  paymentVersion: Math.max(order.paymentVersion ?? 0, news.version),
  version: order.version + 1,
  updatedAt: at,
});

/** The authorisation is gone: what is not shipped yet waits for its customer, and for so long alone. */
export function loseAuthorization(order: Order, news: PaymentNews, at: string): Order {
  const heard = hearOf(order, news, at);
  if (order.status !== 'CONFIRMED') return heard;
  const decideBy = iso(Date.parse(at) + PAYMENT_TIME);
  // An attempt that nobody runs or starts: a late execution of the one before would confirm the order again.
  const next = { attempt: order.attempt + 1, runBy: undefined };
  return { ...heard, ...next, status: 'AWAITING_PAYMENT', owed: true, decideBy };
}
