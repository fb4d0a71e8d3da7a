import type { Order } from '../domain/order';
import type { ListsOrders } from '../ports/orders';

/** The caller's orders, newest first. `next` is the position after which the following page starts. */
export async function listOrders(
  { orders }: { orders: ListsOrders },
  { customerId, limit, before }: { customerId: string; limit: number; before?: string },
): Promise<{ orders: Order[]; next?: string }> {
  const page = await orders.listByCustomer(customerId, { limit, before });
  return { orders: page.orders, next: page.last };
}
