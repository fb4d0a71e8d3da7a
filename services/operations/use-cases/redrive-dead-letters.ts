import type { Refusal } from '../../../shared/kernel/refusal';
import type { Clock } from '../../../shared/kernel/time';
import { digestOf, type Outcome } from '../domain/dead-letter';
import { targetOf } from '../domain/dead-letter-queues';
import type { AuditLog, DeadLetters, Redelivery } from '../ports/dead-letters';
import { unknownQueue } from './read-dead-letters';

export interface Redrive {
  queue: string;
  /** The member of staff. */
  staffId: string;
  correlationId: string;
  limit: number;
  /** Letters that came later stay: one that fails again would go round for ever. */
  before: number;
  ids?: readonly string[];
  except?: readonly string[];
}

export interface Redriven {
  id: string;
  digest: string;
  outcome: Outcome;
}

interface Ports {
  letters: DeadLetters;
  redelivery: Redelivery;
  audit: AuditLog;
  clock: Clock;
}

/**
 * Sends letters on to where they were given up. First on, then gone from here: one that is sent twice is the same event
 * or command under the same id, and its consumer knows it.
 */
export async function redriveDeadLetters(
  { letters, redelivery, audit, clock }: Ports,
  { queue, staffId, correlationId, limit, before, ids, except }: Redrive,
): Promise<Redriven[] | Refusal> {
  const target = targetOf(queue);
  if (!target) return unknownQueue();
  const held = await letters.take(queue, { limit, before, ids, except });
  if (held.length === 0) return [];
  const detail = { letters: held.length, first: held[0]?.id ?? '' };
  const entry = { actor: staffId, action: 'redrive-dead-letters', target: queue, correlationId, detail };
  await audit.write({ ...entry, at: clock() });
  const done = await Promise.all(
    held.map(async (letter): Promise<Redriven> => {
      const outcome = await redelivery.retry(letter, target);
      if (outcome === 'RETRIED') await letters.end(queue, letter);
      return { id: letter.id, digest: digestOf(letter), outcome };
    }),
  );
  await letters.letGo(
    queue,
    held.filter((_, index) => done[index]?.outcome !== 'RETRIED'),
  );
  return done;
}
