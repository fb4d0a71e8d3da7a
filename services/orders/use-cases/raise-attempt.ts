import { orderSagaRequested } from '../../../events/order-events';
import { type Clock, iso, SECOND } from '../../../shared/kernel/time';
import { deadlineOf } from '../domain/order-holds';
import { askAgain } from '../domain/order-moves';
import type { SavesOrders } from '../ports/orders';
import { basicsOf, changeWith } from './order-change';

export interface RaiseAttempt {
  orderId: string;
  /** As the order was seen by whoever asks: one that changed since is left alone. */
  version: number;
  /** Only if nothing was recorded for so long. */
  quietSeconds: number;
}

/** STALE: it changed since. RECENT: something was recorded lately. NOTHING_TO_ASK: no attempt can be owed to it. */
export type Raised = 'RAISED' | 'STALE' | 'RECENT' | 'NOTHING_TO_ASK' | 'UNKNOWN';

/** The books disagree about an order, so its next attempt is to settle it (docs/rules.md, 3): one conditional write. */
export async function raiseAttempt(
  { orders, clock }: { orders: SavesOrders; clock: Clock },
  { orderId, version, quietSeconds }: RaiseAttempt,
): Promise<Raised> {
  const order = await orders.get(orderId);
  if (!order) return 'UNKNOWN';
  if (order.version !== version) return 'STALE';
  const now = clock();
  if (now - Date.parse(order.updatedAt) < quietSeconds * SECOND) return 'RECENT';
  const move = deadlineOf(order) ? { outcome: 'NOTHING_TO_ASK' as const } : askAgain(order, iso(now));
  if ('outcome' in move) return move.outcome;
  const next = move.order;
  const change = changeWith(
    next,
    orderSagaRequested,
    { ...basicsOf(next), because: 'BOOKS_DISAGREE' },
    { at: now, actor: 'system', correlationId: order.correlationId },
  );
  const saved = await orders.save({ ...change, starts: next.attempt });
  return saved.saved ? 'RAISED' : 'STALE';
}
