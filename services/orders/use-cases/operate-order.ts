import { orderCancelled, orderCancelRequested, orderSagaRequested } from '../../../events/order-events';
import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { iso } from '../../../shared/kernel/time';
import type { Order } from '../domain/order';
import { deadlineOf } from '../domain/order-holds';
import { compensate, nextAttempt } from '../domain/order-moves';
import type { Change } from '../ports/orders';
import { type Deciding, decide } from './decide';
import { basicsOf, changeWith, contentOf } from './order-change';

export interface OperateOrder {
  orderId: string;
  /** The member of staff. */
  staffId: string;
  correlationId: string;
  /** The version they saw, where they say so. */
  ifMatch: number | undefined;
  request: IdempotentRequest;
}

const finding =
  ({ orders }: Deciding, { orderId }: OperateOrder) =>
  async (): Promise<Order | Refusal> =>
    (await orders.get(orderId)) ?? refuse('NOT_FOUND', 'There is no such order.');

/** The next attempt goes on from where the rows say the last one stopped: a step that is done answers from its own. */
export const resumeOrder = (ports: Deciding, command: OperateOrder): Promise<Reply | Refusal> =>
  decide(ports, command, {
    find: finding(ports, command),
    seen: command.ifMatch,
    move: (order, at) =>
      order.owed && deadlineOf(order) === undefined
        ? { order: nextAttempt(order, iso(at)) }
        : { outcome: 'NOTHING_OWED' },
    change: (order, at) => ({
      ...requested(order, at, command, 'RESUMED_BY_STAFF'),
      audit: { actor: command.staffId, action: 'resume-order', detail: { attempt: order.attempt } },
    }),
  });

/** The next attempt gives back what was charged and held, and the order is cancelled. */
export const compensateOrder = (ports: Deciding, command: OperateOrder): Promise<Reply | Refusal> =>
  decide(ports, command, {
    find: finding(ports, command),
    seen: command.ifMatch,
    move: (order, at) => compensate(order, iso(at)),
    change: (order, at) => ({
      ...compensation(order, at, command),
      audit: { actor: command.staffId, action: 'compensate-order', detail: { attempt: order.attempt } },
    }),
  });

function requested(order: Order, at: number, { correlationId }: OperateOrder, because: string): Change {
  const circumstances = { at, actor: 'staff', correlationId } as const;
  const data = { ...basicsOf(order), because };
  return { ...changeWith(order, orderSagaRequested, data, circumstances), starts: order.attempt };
}

function compensation(order: Order, at: number, command: OperateOrder): Change {
  // The wish to cancel was told when it came up: this only goes on with it.
  if (order.cancelRequestedAt !== iso(at)) return requested(order, at, command, 'COMPENSATED_BY_STAFF');
  const circumstances = { at, actor: 'staff', correlationId: command.correlationId } as const;
  const change =
    order.status === 'CANCELLED'
      ? changeWith(order, orderCancelled, contentOf(order), circumstances)
      : changeWith(order, orderCancelRequested, basicsOf(order), circumstances);
  return { ...change, starts: order.attempt };
}
