import type { Clock } from '../../../shared/kernel/time';
import { audienceOf, type Connection, mayStillOpen, oldestOpening } from '../domain/connection';
import { type OrderFrame, orderFrame } from '../domain/frames';
import type { Connections, Orders, Pages, Snapshot } from '../ports/live';

interface Ports {
  connections: Pick<Connections, 'of' | 'forget'>;
  orders: Pick<Orders, 'whosoever'>;
  pages: Pages;
  clock: Clock;
}

export interface Pushed {
  sent: number;
  gone: number;
  closed: number;
}

const mayHear = ({ audience }: Connection, { customerId, isGuests }: Snapshot): boolean => {
  const whose = audienceOf(audience);
  return 'customerId' in whose ? whose.customerId === customerId : isGuests;
};

/** A page that takes nothing is closed: it opens another connection and asks, which gives it the newest. */
async function pushTo(
  { connections, pages, clock }: Ports,
  connection: Connection,
  frame: OrderFrame | undefined,
): Promise<keyof Pushed> {
  const outcome = frame ? await pages.send(connection.id, frame) : 'NOT_THEIRS';
  if (outcome === 'SENT') return 'sent';
  if (outcome !== 'GONE') await pages.close(connection.id);
  if (outcome !== 'GONE' || !mayStillOpen(connection, clock())) await connections.forget(connection.id);
  return outcome === 'GONE' ? 'gone' : 'closed';
}

/**
 * Sends an order to every page that follows it, side by side. It is read after the event, so it is as new as the event
 * or newer; a redelivered event sends it again.
 */
export async function pushOrderStatus(
  ports: Ports,
  { orderId, customerId }: { orderId: string; customerId: string },
): Promise<Pushed> {
  const since = oldestOpening(ports.clock());
  const found = await Promise.all([
    ports.connections.of({ customerId }, since),
    ports.connections.of({ orderId }, since),
  ]);
  const open = found.flat();
  const pushed: Pushed = { sent: 0, gone: 0, closed: 0 };
  if (open.length === 0) return pushed;
  const snapshot = await ports.orders.whosoever(orderId);
  const results = await Promise.allSettled(
    open.map((connection) => {
      const theirs = snapshot && mayHear(connection, snapshot);
      // A customer keeps their connection: it is an order that is none of theirs any more.
      if (!theirs && 'customerId' in audienceOf(connection.audience)) return undefined;
      return pushTo(ports, connection, theirs ? orderFrame(snapshot.order) : undefined);
    }),
  );
  for (const result of results) {
    if (result.status === 'rejected') throw result.reason;
    if (result.value) pushed[result.value] += 1;
  }
  return pushed;
}
