import type { Clock } from '../../../shared/kernel/time';
import { isGuestOrder } from '../domain/guest';
import type { Address } from '../domain/order';
import type { Accounts } from '../ports/accounts';
import type { GuestLinks } from '../ports/guests';
import type { FindsOrders } from '../ports/orders';

export type OrderContact =
  | {
      outcome: 'FOUND';
      email: string;
      phone?: string;
      name?: string;
      shippingAddress?: Address;
      /** Of a guest's order: opens it, and cancels it, for thirty days. */
      link?: string;
      /** Where the customer completes the payment, while that is asked of them. */
      actionUrl?: string;
    }
  /** There is an order, and nobody to write to: the account is gone. */
  | { outcome: 'ERASED' }
  | { outcome: 'UNKNOWN' };

/** Whom to write to about an order: the contact given with it wins over the account's address (docs/rules.md, 11). */
export async function readOrderContact(
  {
    orders,
    accounts,
    links,
    clock,
  }: { orders: FindsOrders; accounts: Accounts; links: GuestLinks; clock: Clock },
  orderId: string,
): Promise<OrderContact> {
  const order = await orders.get(orderId);
  if (!order) return { outcome: 'UNKNOWN' };
  const guest = isGuestOrder(order);
  const email = order.contact?.email ?? (guest ? undefined : await accounts.emailOf(order.customerId));
  if (!email) return { outcome: 'ERASED' };
  const { shippingAddress, contact, nextAction } = order;
  return {
    outcome: 'FOUND',
    email,
    phone: contact?.phone,
    name: shippingAddress?.name,
    shippingAddress,
    link: guest ? await links.linkTo(order.id, clock()) : undefined,
    actionUrl: nextAction?.url,
  };
}
