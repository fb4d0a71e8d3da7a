import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Clock } from '../../../shared/kernel/time';
import { type Audience, MOST_FRAMES, minuteOf } from '../domain/connection';
import { orderFrame } from '../domain/frames';
import type { Connections, Orders, Pages, Snapshot } from '../ports/live';

interface Ports {
  connections: Pick<Connections, 'hear' | 'forget'>;
  orders: Orders;
  pages: Pages;
  clock: Clock;
}

async function seenBy(orders: Orders, audience: Audience, orderId: string): Promise<Snapshot | undefined> {
  if ('customerId' in audience) return orders.ofCustomer(orderId, audience.customerId);
  if (audience.orderId !== orderId) return undefined;
  const snapshot = await orders.whosoever(orderId);
  return snapshot?.isGuests ? snapshot : undefined;
}

/** Sends the order as it is now to the connection that asks. Somebody else's order is one that never was. */
export async function watchOrder(
  { connections, orders, pages, clock }: Ports,
  { connectionId, orderId }: { connectionId: string; orderId: string },
): Promise<Refusal | undefined> {
  const heard = await connections.hear(connectionId, minuteOf(clock()));
  if (heard === 'TOO_MANY')
    return refuse('RATE_LIMITED', `A connection may send ${MOST_FRAMES} frames a minute.`, {
      retryAfter: 60,
    });
  if (heard === 'UNKNOWN') {
    await pages.close(connectionId);
    return undefined;
  }
  const snapshot = await seenBy(orders, heard.audience, orderId);
  if (!snapshot) return refuse('NOT_FOUND', 'There is no such order.');
  const sent = await pages.send(connectionId, orderFrame(snapshot.order));
  if (sent === 'GONE') await connections.forget(connectionId);
  return undefined;
}
