import { orderCancelled, orderCancelRequested } from '../../../events/order-events';
import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { isRefusal, type Refusal, refuse } from '../../../shared/kernel/refusal';
import { type Clock, iso } from '../../../shared/kernel/time';
import type { Order } from '../domain/order';
import { cancel } from '../domain/order-moves';
import type { Change, RepliesToRequests, SavesOrders } from '../ports/orders';
import { findOrder } from './find-order';
import { basicsOf, changeWith, contentOf } from './order-change';

export interface CancelOrder {
  orderId: string;
  customerId: string;
  correlationId: string;
  request: IdempotentRequest;
  reason?: string;
}

export interface CancellingPorts {
  orders: SavesOrders;
  replies: RepliesToRequests;
  clock: Clock;
  answer: (order: Order) => Reply;
}

/** How often another writer may win before the client is asked to come again. */
const TRIES = 5;

/** docs/rules.md, 7: one conditional write; whoever comes first, the cancellation or the confirmation, wins alone. */
export async function cancelOrder(ports: CancellingPorts, command: CancelOrder): Promise<Reply | Refusal> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const now = ports.clock();
    const order = await findOrder(ports, command);
    if (isRefusal(order)) return order;
    const move = cancel(order, command.reason, iso(now));
    if ('outcome' in move) return unmoved(ports, command, order, move.outcome, now);
    const change = cancellation(move.order, command.correlationId, now);
    const saved = await ports.orders.save(change, {
      request: command.request,
      reply: ports.answer(move.order),
      now,
    });
    if (saved.saved) return ports.answer(move.order);
    if (!saved.stale) return saved.answer;
  }
  return refuse('CONFLICT', 'The order keeps changing. Send the same request again.', { retryAfter: 1 });
}

async function unmoved(
  ports: CancellingPorts,
  command: CancelOrder,
  order: Order,
  outcome: 'UNCHANGED' | 'NOT_CANCELLABLE',
  now: number,
): Promise<Reply | Refusal> {
  const before = await ports.replies.find(command.request, now);
  if (before) return before;
  if (outcome === 'UNCHANGED') return ports.answer(order);
  return refuse('ORDER_NOT_CANCELLABLE', `An order that is ${order.status} cannot be cancelled.`);
}

function cancellation(order: Order, correlationId: string, at: number): Change {
  const circumstances = { at, actor: 'customer', correlationId } as const;
  if (order.status === 'CANCELLED') {
    return { ...changeWith(order, orderCancelled, contentOf(order), circumstances), starts: order.attempt };
  }
  return changeWith(order, orderCancelRequested, basicsOf(order), circumstances);
}
