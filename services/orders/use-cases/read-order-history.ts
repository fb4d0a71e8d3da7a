import type { CloudEvent } from '../../../events/envelope';
import { isRefusal, type Refusal } from '../../../shared/kernel/refusal';
import type { OrderHistory } from '../ports/order-history';
import type { FindsOrders } from '../ports/orders';
import { findOrder } from './find-order';

/** What happened to an order of the caller's, oldest first. */
export async function readOrderHistory(
  ports: { orders: FindsOrders; history: OrderHistory },
  query: { orderId: string; customerId: string },
): Promise<CloudEvent[] | Refusal> {
  const order = await findOrder(ports, query);
  return isRefusal(order) ? order : ports.history.eventsOf(order.id);
}
