import { type Clock, iso } from '../../../shared/kernel/time';
import { CONNECTION_LIFE, type Connection } from '../domain/connection';
import type { Connections, KeptConnections, KnowsPages } from '../ports/live';

interface Ports {
  connections: Pick<Connections, 'forget'> & KeptConnections;
  pages: KnowsPages;
  clock: Clock;
}

/** Forgets a page of the connections that are too old, or that API Gateway does not know any more. */
export async function cleanUpConnections(
  { connections, pages, clock }: Ports,
  { cursor, dryRun }: { cursor?: string; dryRun: boolean },
): Promise<{ seen: number; removed: number; cursor?: string }> {
  const page = await connections.kept(cursor);
  const oldest = iso(clock() - CONNECTION_LIFE);
  const isDead = async ({ id, openedAt }: Connection): Promise<boolean> =>
    openedAt < oldest || !(await pages.isOpen(id));
  const judged = await Promise.all(
    page.connections.map(async (one) => ((await isDead(one)) ? [one.id] : [])),
  );
  const dead = judged.flat();
  if (!dryRun) await Promise.all(dead.map((id) => connections.forget(id)));
  return { seen: page.connections.length, removed: dead.length, cursor: page.cursor };
}
