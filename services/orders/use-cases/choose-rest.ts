import { choiceMade } from '../../../events/hold-events';
import { orderCancelled } from '../../../events/order-events';
import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import type { Refusal } from '../../../shared/kernel/refusal';
import { iso } from '../../../shared/kernel/time';
import type { Order } from '../domain/order';
import { acceptRest } from '../domain/order-holds';
import { cancel } from '../domain/order-moves';
import type { Change } from '../ports/orders';
import { type Deciding, decide } from './decide';
import { findOrder } from './find-order';
import { basicsOf, changeWith, contentOf } from './order-change';

export interface ChooseRest {
  orderId: string;
  customerId: string;
  decision: 'accept' | 'cancel';
  /** Of the proposal that the customer saw. */
  version: number;
  correlationId: string;
  request: IdempotentRequest;
}

/** The customer takes what is left of the order at its new total, or nothing. */
export const chooseRest = (ports: Deciding, command: ChooseRest): Promise<Reply | Refusal> =>
  decide(ports, command, {
    find: () => findOrder(ports, command),
    seen: command.version,
    move: (order, at) => {
      if (command.decision === 'accept') return acceptRest(order, at);
      if (order.status !== 'AWAITING_CUSTOMER') return { outcome: 'NOT_WAITING' };
      const move = cancel(order, undefined, iso(at));
      return 'order' in move ? move : { outcome: 'NOT_WAITING' };
    },
    change: (order, at) => chosen(order, at, command.correlationId),
  });

function chosen(order: Order, at: number, correlationId: string): Change {
  const circumstances = { at, actor: 'customer', correlationId } as const;
  const change =
    order.status === 'CANCELLED'
      ? changeWith(order, orderCancelled, contentOf(order), circumstances)
      : changeWith(order, choiceMade, { ...basicsOf(order), decision: 'ACCEPTED' }, circumstances);
  return { ...change, starts: order.attempt };
}
