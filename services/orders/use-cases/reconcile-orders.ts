import { orderRestCancelled } from '../../../events/fulfilment-events';
import { orderReviewed } from '../../../events/hold-events';
import { orderCancelled, orderSagaRequested } from '../../../events/order-events';
import { type Clock, HOUR, iso, SECOND } from '../../../shared/kernel/time';
import { cancelRest } from '../domain/cancel-rest';
import type { Order } from '../domain/order';
import { deadlineOf, isOverdue, review } from '../domain/order-holds';
import { cancel, nextAttempt } from '../domain/order-moves';
import type { Change, FindsOpenOrders, SavesOrders } from '../ports/orders';
import { standingOf } from './fulfilment-change';
import { basicsOf, changeWith, contentOf } from './order-change';

/** An order open for longer is an operator's business. */
const STUCK_AFTER = HOUR;

export interface Reconciled {
  /** Open orders looked at. */
  open: number;
  /** Those whose next attempt was asked for. */
  resumed: number;
  /** Those that waited for a decision which nobody made in time. */
  expired: number;
  /** Those open for more than an hour. */
  stuck: number;
  /** Why some could not be resumed now; the others were. */
  faults: unknown[];
}

export interface Reconcile {
  olderThanSeconds: number;
  /** A wait for a decision ends after this long; after its 24 hours when left out. */
  holdsOlderThanSeconds?: number;
  /** Only this order is looked at. */
  orderId?: string;
}

/**
 * A payment of unknown fate is asked about at every run. What waits for its customer to pay is looked at like any other:
 * the next attempt asks the provider whether the customer has acted, or has been silent for too long. What waits for a
 * decision lacks no step.
 */
function isDue(order: Order, now: number, age: number): boolean {
  if (deadlineOf(order)) return false;
  return order.paymentStatus === 'UNKNOWN' || now - Date.parse(order.updatedAt) >= age;
}

/** An order that was cancelled, or decided on, after a while is open again from then on. */
const openSince = ({ cancelRequestedAt, decidedAt, createdAt }: Order): number =>
  Date.parse(cancelRequestedAt ?? decidedAt ?? createdAt);

const isStuck = (order: Order, now: number): boolean =>
  !deadlineOf(order) && now - openSince(order) > STUCK_AFTER;

/** Asks for the next attempt of every open order that no step was recorded for (docs/rules.md, 2 and 5). */
export async function reconcileOrders(
  { orders, clock }: { orders: SavesOrders & FindsOpenOrders; clock: Clock },
  { olderThanSeconds, holdsOlderThanSeconds, orderId }: Reconcile,
): Promise<Reconciled> {
  const result: Reconciled = { open: 0, resumed: 0, expired: 0, stuck: 0, faults: [] };
  const holdAge = holdsOlderThanSeconds === undefined ? undefined : holdsOlderThanSeconds * SECOND;
  const save = async (changes: Change[]): Promise<number> => {
    const saved = await Promise.allSettled(changes.map((change) => orders.save(change)));
    result.faults.push(...saved.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])));
    // Stale: the order moved on by itself, which is all that was wanted.
    return saved.filter((one) => one.status === 'fulfilled' && one.value.saved).length;
  };
  for await (const all of orders.openOrders()) {
    const now = clock();
    const page = orderId === undefined ? all : all.filter(({ id }) => id === orderId);
    const due = page.filter((order) => isDue(order, now, olderThanSeconds * SECOND));
    result.open += page.length;
    result.resumed += await save(due.map((order) => resumption(order, now)));
    const overdue = page.filter((order) => isOverdue(order, now, holdAge));
    result.expired += await save(overdue.flatMap((order) => silence(order, now) ?? []));
    result.stuck += page.filter((order) => isStuck(order, now)).length;
  }
  return result;
}

const bySystem = (order: Order, at: number) =>
  ({ at, actor: 'system', correlationId: order.correlationId }) as const;

function resumption(order: Order, now: number): Change {
  const next = nextAttempt(order, iso(now));
  const because = order.paymentStatus === 'UNKNOWN' ? 'PAYMENT_UNKNOWN' : 'NO_STEP_RECORDED';
  const data = { ...basicsOf(next), because };
  return { ...changeWith(next, orderSagaRequested, data, bySystem(order, now)), starts: next.attempt };
}

/**
 * Nobody decided: what is in review is rejected by its next attempt, what its customer was asked about is cancelled; of
 * what was sent in part, the rest.
 */
function silence(order: Order, now: number): Change | undefined {
  if (order.fulfilmentStatus !== 'UNFULFILLED') return restCancellation(order, now);
  const move =
    order.status === 'IN_REVIEW' ? review(order, 'EXPIRED', now) : cancel(order, undefined, iso(now));
  if ('outcome' in move) return undefined;
  const next = move.order;
  const change =
    next.status === 'CANCELLED'
      ? changeWith(next, orderCancelled, contentOf(next), bySystem(order, now))
      : changeWith(next, orderReviewed, { ...basicsOf(next), decision: 'EXPIRED' }, bySystem(order, now));
  return { ...change, starts: next.attempt };
}

function restCancellation(order: Order, now: number): Change {
  const { order: next, cancelled } = cancelRest(order, iso(now));
  const data = { ...basicsOf(next), ...standingOf(next), ...cancelled };
  return { ...changeWith(next, orderRestCancelled, data, bySystem(order, now)), starts: next.attempt };
}
