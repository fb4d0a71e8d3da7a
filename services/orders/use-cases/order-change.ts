import { type Actor, type EventContract, makeEvent } from '../../../events/envelope';
import type { OrderBasics, OrderPlaced } from '../../../events/order-events';
import type { Order } from '../domain/order';
import type { Change } from '../ports/orders';

export const basicsOf = ({ customerId, attempt, version }: Order): OrderBasics => ({
  customerId,
  attempt,
  version,
});

export const contentOf = (order: Order): OrderPlaced => ({
  ...basicsOf(order),
  items: order.items,
  total: order.total,
});

interface Circumstances {
  at: number;
  actor: Actor;
  correlationId: string;
}

/** A changed order with the event that says so. */
export function changeWith<Type extends string, Data>(
  order: Order,
  contract: EventContract<Type, Data>,
  data: Data,
  { at, actor, correlationId }: Circumstances,
): Change {
  return { order, event: makeEvent(contract, { subject: order.id, at, correlationId, actor, data }) };
}
