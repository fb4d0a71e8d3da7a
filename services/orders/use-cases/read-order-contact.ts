import type { Address } from '../domain/order';
import type { Accounts } from '../ports/accounts';
import type { FindsOrders } from '../ports/orders';

export type OrderContact =
  | { outcome: 'FOUND'; email: string; name?: string; shippingAddress?: Address }
  /** There is an order, and nobody to write to: the account is gone. */
  | { outcome: 'ERASED' }
  | { outcome: 'UNKNOWN' };

/** Whom to write to about an order: the contact given with it wins over the account's address (docs/rules.md, 11). */
export async function readOrderContact(
  { orders, accounts }: { orders: FindsOrders; accounts: Accounts },
  orderId: string,
): Promise<OrderContact> {
  const order = await orders.get(orderId);
  if (!order) return { outcome: 'UNKNOWN' };
  const email = order.contact?.email ?? (await accounts.emailOf(order.customerId));
  if (!email) return { outcome: 'ERASED' };
  const { shippingAddress } = order;
  return { outcome: 'FOUND', email, name: shippingAddress?.name, shippingAddress };
}
