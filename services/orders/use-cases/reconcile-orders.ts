import { orderSagaRequested } from '../../../events/order-events';
import { type Clock, HOUR, iso, SECOND } from '../../../shared/kernel/time';
import type { Order } from '../domain/order';
import { nextAttempt } from '../domain/order-moves';
import type { FindsOpenOrders, SavesOrders } from '../ports/orders';
import { basicsOf, changeWith } from './order-change';

/** An order open for longer is an operator's business. */
const STUCK_AFTER = HOUR;

export interface Reconciled {
  /** Open orders looked at. */
  open: number;
  /** Those whose next attempt was asked for. */
  resumed: number;
  /** Those open for more than an hour. */
  stuck: number;
  /** Why some could not be resumed now; the others were. */
  faults: unknown[];
}

/**
 * A payment of unknown fate is asked about at every run. What waits for its customer is looked at like any other: the
 * next attempt asks the provider whether the customer has acted, or has been silent for too long.
 */
function isDue(order: Order, now: number, age: number): boolean {
  return order.paymentStatus === 'UNKNOWN' || now - Date.parse(order.updatedAt) >= age;
}

/** An order that was confirmed and then cancelled is open again from its cancellation on. */
const openSince = (order: Order): number => Date.parse(order.cancelRequestedAt ?? order.createdAt);

/** Asks for the next attempt of every open order that no step was recorded for (docs/rules.md, 2 and 5). */
export async function reconcileOrders(
  { orders, clock }: { orders: SavesOrders & FindsOpenOrders; clock: Clock },
  { olderThanSeconds }: { olderThanSeconds: number },
): Promise<Reconciled> {
  const result: Reconciled = { open: 0, resumed: 0, stuck: 0, faults: [] };
  for await (const page of orders.openOrders()) {
    const now = clock();
    const due = page.filter((order) => isDue(order, now, olderThanSeconds * SECOND));
    const saved = await Promise.allSettled(due.map((order) => resume(orders, order, now)));
    result.open += page.length;
    result.resumed += saved.filter((one) => one.status === 'fulfilled' && one.value).length;
    result.faults.push(...saved.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])));
    result.stuck += page.filter((order) => now - openSince(order) > STUCK_AFTER).length;
  }
  return result;
}

async function resume(orders: SavesOrders, order: Order, now: number): Promise<boolean> {
  const next = nextAttempt(order, iso(now));
  const because = order.paymentStatus === 'UNKNOWN' ? 'PAYMENT_UNKNOWN' : 'NO_STEP_RECORDED';
  const change = changeWith(
    next,
    orderSagaRequested,
    { ...basicsOf(next), because },
    {
      at: now,
      actor: 'system',
      correlationId: order.correlationId,
    },
  );
  // Stale: the order moved on by itself, which is all that was wanted.
  return (await orders.save({ ...change, starts: next.attempt })).saved;
}
