import { isRefusal } from '../../../shared/kernel/refusal';
import type { Order } from '../domain/order';
import { findGuestOrder, isOpenToGuests, type OpeningPorts } from './find-guest-order';
import { findOrder } from './find-order';

export interface SnapshotQuestion {
  orderId: string;
  /** Only if the order is this customer's. */
  customerId?: string;
  /** Only if this link of a mail opens the order. */
  guestToken?: string;
}

export type OrderSnapshot =
  | { outcome: 'FOUND'; customerId: string; isGuests: boolean; order: Order }
  | { outcome: 'UNKNOWN' };

/** An order as it is now, for who follows it live. Whose it is not to see gets the answer of one that never was. */
export async function readOrderSnapshot(
  ports: OpeningPorts,
  { orderId, customerId, guestToken }: SnapshotQuestion,
): Promise<OrderSnapshot> {
  const order = await find(ports, { orderId, customerId, guestToken });
  if (!order || isRefusal(order)) return { outcome: 'UNKNOWN' };
  return { outcome: 'FOUND', customerId: order.customerId, isGuests: isOpenToGuests(order), order };
}

function find(ports: OpeningPorts, { orderId, customerId, guestToken }: SnapshotQuestion) {
  if (guestToken !== undefined) return findGuestOrder(ports, { orderId, token: guestToken });
  if (customerId !== undefined) return findOrder(ports, { orderId, customerId });
  return ports.orders.get(orderId);
}
