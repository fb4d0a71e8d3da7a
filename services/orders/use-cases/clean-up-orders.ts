import { orderCancelled, orderCancelRequested } from '../../../events/order-events';
import { type Clock, DAY, iso } from '../../../shared/kernel/time';
import type { Order } from '../domain/order';
import { deadlineOf } from '../domain/order-holds';
import { cancel } from '../domain/order-moves';
import type { PagesOpenOrders } from '../ports/order-audit';
import type { Change, SavesOrders } from '../ports/orders';
import { basicsOf, changeWith, contentOf } from './order-change';

export interface CleanUpOrders {
  cursor?: string;
  dryRun: boolean;
  olderThanDays: number;
}

/** Counted, and by which page to go on. */
export interface CleanedUp {
  seen: number;
  removed: number;
  cursor?: string;
}

interface Ports {
  orders: SavesOrders & PagesOpenOrders;
  clock: Clock;
}

/** Open for days, though the reconciler asked again every few minutes: nobody waits for it any more. */
function isAbandoned(order: Order, before: string): boolean {
  const { createdAt, decidedAt, cancelRequestedAt } = order;
  const since = deadlineOf(order) ?? decidedAt ?? createdAt;
  return cancelRequestedAt === undefined && createdAt < before && since < before;
}

function cancellation(order: Order, now: number): Change | undefined {
  const move = cancel(order, 'Abandoned', iso(now));
  if ('outcome' in move) return undefined;
  const next = move.order;
  const circumstances = { at: now, actor: 'system', correlationId: order.correlationId } as const;
  // A PENDING order keeps its attempt: the reconciler asks for the next one, which ends it (docs/rules.md, 7).
  return next.status === 'CANCELLED'
    ? { ...changeWith(next, orderCancelled, contentOf(next), circumstances), starts: next.attempt }
    : changeWith(next, orderCancelRequested, basicsOf(next), circumstances);
}

/** Cancels what was abandoned, a page at a time; what was charged or held comes back by the attempt that follows. */
export async function cleanUpOrders(
  { orders, clock }: Ports,
  { cursor, dryRun, olderThanDays }: CleanUpOrders,
): Promise<CleanedUp> {
  const now = clock();
  const page = await orders.openPage(cursor);
  const before = iso(now - olderThanDays * DAY);
  const changes = page.orders
    .filter((order) => isAbandoned(order, before))
    .flatMap((order) => cancellation(order, now) ?? []);
  // Stale: somebody moved the order, so it is not abandoned.
  const saved = dryRun ? [] : await Promise.all(changes.map((change) => orders.save(change)));
  const removed = dryRun ? changes.length : saved.filter((one) => one.saved).length;
  return { seen: page.orders.length, removed, cursor: page.cursor };
}
