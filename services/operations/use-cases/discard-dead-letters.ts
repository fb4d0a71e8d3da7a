import type { Refusal } from '../../../shared/kernel/refusal';
import type { Clock } from '../../../shared/kernel/time';
import { digestOf } from '../domain/dead-letter';
import { targetOf } from '../domain/dead-letter-queues';
import type { AuditLog, DeadLetters } from '../ports/dead-letters';
import { unknownQueue } from './read-dead-letters';

export interface Discard {
  queue: string;
  staffId: string;
  correlationId: string;
  ids: readonly string[];
  /** A word, so that no free text gets into the audit log. */
  reason: string;
}

/** Ends letters for good, each with its own entry in the audit log that says what it was and why. @returns the ids that were there */
export async function discardDeadLetters(
  { letters, audit, clock }: { letters: DeadLetters; audit: AuditLog; clock: Clock },
  { queue, staffId, correlationId, ids, reason }: Discard,
): Promise<string[] | Refusal> {
  if (!targetOf(queue)) return unknownQueue();
  const held = await letters.take(queue, { limit: ids.length, before: Number.POSITIVE_INFINITY, ids });
  for (const letter of held) {
    const detail = { letter: letter.id, digest: digestOf(letter), reason };
    const entry = { actor: staffId, action: 'discard-dead-letter', target: queue, correlationId, detail };
    await audit.write({ ...entry, at: clock() });
    await letters.end(queue, letter);
  }
  return held.map(({ id }) => id);
}
