import { type Money, sum, times } from '../../../shared/kernel/money';
import { isAll, progressOf, standing } from './fulfilment';
import type { Order, OrderLine } from './order';

interface Lines {
  items: OrderLine[];
  total: Money;
}

const linesWith = ({ items }: Order, units: (line: OrderLine) => number): Lines => {
  const left = items
    .map((line) => ({ ...line, quantity: units(line) }))
    .filter(({ quantity }) => quantity > 0);
  return { items: left, total: sum(left.map(({ unitPrice, quantity }) => times(unitPrice, quantity))) };
};

/**
 * What was not sent is sold no more: the order is what is on its way or there, and stays paid as it is. Its next attempt
 * gives back the stock of the rest.
 */
export function cancelRest(order: Order, at: string): { order: Order; cancelled: Lines } {
  const shipped = ({ productId }: OrderLine) => progressOf(order, productId).shipped;
  const moved = standing(order, { ...order, ...linesWith(order, shipped) }, at);
  return {
    order: {
      ...moved,
      status: isAll(moved, 'delivered') ? 'DELIVERED' : 'SHIPPED',
      attempt: order.attempt + 1,
      runBy: undefined,
      decideBy: undefined,
      decidedAt: at,
    },
    cancelled: linesWith(order, (line) => line.quantity - shipped(line)),
  };
}
