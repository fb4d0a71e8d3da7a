import type { EventOf } from '../../../events/envelope';
import { orderPaymentChanged, orderRefunded } from '../../../events/fulfilment-events';
import { orderSagaRequested } from '../../../events/order-events';
import type { followedPaymentEvents } from '../../../events/payment-events';
import { type Clock, iso, MINUTE } from '../../../shared/kernel/time';
import type { Order, PaymentStatus } from '../domain/order';
import { hearOf, loseAuthorization, type PaymentNews, settle } from '../domain/payment-moves';
import type { Change } from '../ports/orders';
import type { FollowsPayments } from '../ports/payment-news';
import { standingOf } from './fulfilment-change';
import { basicsOf, changeWith } from './order-change';

export type PaymentEvent = EventOf<(typeof followedPaymentEvents)[number]>;

export type Followed = 'FOLLOWED' | 'FOLLOWED_BEFORE' | 'NOTHING_TO_DO';

/** An attempt of this order is at work; the message comes again when it has ended. */
export class AttemptRunning extends Error {
  override name = 'AttemptRunning';
}

const TRIES = 5;

/** Longer than an execution may run; whatever is open after that, the reconciler takes on. */
const LONGEST_ATTEMPT = 4 * MINUTE;

/** Brings to the order what became of its payment without a step of the saga, each event once. */
export async function followPayment(
  { orders, clock }: { orders: FollowsPayments; clock: Clock },
  event: PaymentEvent,
): Promise<Followed> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const order = await orders.get(event.subject);
    if (!order) throw new Error(`There is no order ${event.subject}`);
    const change = changeBy(event, order, clock());
    if (!change) return 'NOTHING_TO_DO';
    const end = await orders.follow(change, event.id, clock());
    if (end !== 'STALE') return end === 'SAVED' ? 'FOLLOWED' : 'FOLLOWED_BEFORE';
  }
  throw new Error(`Order ${event.subject} keeps being changed by others`);
}

function changeBy(event: PaymentEvent, order: Order, at: number): Change | undefined {
  const circumstances = { at, actor: 'system', correlationId: event.correlationid } as const;
  if (event.type === 'payment.settled') return resumption(order, circumstances);
  const news: PaymentNews = {
    version: event.data.version,
    paymentStatus: event.data.paymentStatus as PaymentStatus,
  };
  if (event.type === 'payment.refunded') {
    const { refundId, amount } = event.data;
    const heard = hearOf(order, news, iso(at));
    const data = { ...basicsOf(heard), ...standingOf(heard), refundId, amount };
    return changeWith(heard, orderRefunded, data, circumstances);
  }
  const { because } = event.data;
  const hear = because === 'AUTHORIZATION_LOST' ? loseAuthorization : hearOf;
  const heard = hear(order, news, iso(at));
  const data = { ...basicsOf(heard), ...standingOf(heard), ...whyOf(because, order, heard) };
  return changeWith(heard, orderPaymentChanged, data, circumstances);
}

/** LOST is said to its customer, so it is said of an order that waits from now on, and of no other. */
function whyOf(because: string, before: Order, after: Order): { because: string; decideBy?: string } {
  if (because !== 'AUTHORIZATION_LOST') return { because };
  return before.status === after.status
    ? { because: 'AUTHORIZATION_ENDED' }
    : { because, decideBy: after.decideBy };
}

/** @throws AttemptRunning */
function resumption(
  order: Order,
  circumstances: { at: number; actor: 'system'; correlationId: string },
): Change | undefined {
  const move = settle(order, iso(circumstances.at));
  if ('order' in move) {
    const data = { ...basicsOf(move.order), because: 'PAYMENT_SETTLED' };
    return { ...changeWith(move.order, orderSagaRequested, data, circumstances), starts: move.order.attempt };
  }
  const young = circumstances.at - Date.parse(order.updatedAt) < LONGEST_ATTEMPT;
  if (move.outcome === 'RUNNING' && young) throw new AttemptRunning(`An attempt of ${order.id} is at work`);
  return undefined;
}
