import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Clock } from '../../../shared/kernel/time';
import { isGuestOrder } from '../domain/guest';
import type { Order } from '../domain/order';
import type { GuestLinks } from '../ports/guests';
import type { FindsOrders } from '../ports/orders';

export interface OpeningPorts {
  orders: FindsOrders;
  links: GuestLinks;
  clock: Clock;
}

/** Joined to an account it is the account's, and erased it is nobody's any more. */
export const isOpenToGuests = (order: Order | undefined): order is Order =>
  order !== undefined && isGuestOrder(order) && order.contact?.email !== undefined;

/** Expired, tampered with, another order's, joined or erased: the same answer as for an order that never was. */
export async function findGuestOrder(
  { orders, links, clock }: OpeningPorts,
  { orderId, token = '' }: { orderId: string; token?: string },
): Promise<Order | Refusal> {
  const opens = await links.opens(token, orderId, clock());
  const order = opens ? await orders.get(orderId) : undefined;
  return isOpenToGuests(order) ? order : refuse('NOT_FOUND', 'There is no such order.');
}
