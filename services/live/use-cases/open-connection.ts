import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { type Clock, iso } from '../../../shared/kernel/time';
import { audienceKey, crowdedOut, oldestOpening } from '../domain/connection';
import type { Connections, Pages, Tickets } from '../ports/live';

interface Ports {
  tickets: Tickets;
  connections: Connections;
  pages: Pages;
  clock: Clock;
}

/** Opens a connection for a ticket, once. Where a customer has too many pages open, the oldest is closed. */
export async function openConnection(
  { tickets, connections, pages, clock }: Ports,
  { connectionId, ticket = '' }: { connectionId: string; ticket?: string },
): Promise<Refusal | undefined> {
  const now = clock();
  const audience = ticket ? await tickets.take(ticket, now) : undefined;
  if (!audience) return refuse('FORBIDDEN', 'A ticket opens one connection, within 30 seconds.');
  await connections.open({ id: connectionId, audience: audienceKey(audience), openedAt: iso(now) });
  const open = await connections.of(audience, oldestOpening(now));
  await Promise.all(
    crowdedOut(open, connectionId).map(async ({ id }) => {
      await connections.forget(id);
      await pages.close(id);
    }),
  );
  return undefined;
}
