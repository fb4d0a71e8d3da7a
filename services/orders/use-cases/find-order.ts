import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Order } from '../domain/order';
import type { FindsOrders } from '../ports/orders';

/** Somebody else's order and one that never was get the same answer. */
export async function findOrder(
  { orders }: { orders: FindsOrders },
  { orderId, customerId }: { orderId: string; customerId: string },
): Promise<Order | Refusal> {
  const order = await orders.get(orderId);
  return order && order.customerId === customerId ? order : refuse('NOT_FOUND', 'There is no such order.');
}
