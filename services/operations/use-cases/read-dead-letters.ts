import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { DeadLetter } from '../domain/dead-letter';
import { targetOf } from '../domain/dead-letter-queues';
import type { DeadLetters } from '../ports/dead-letters';

export const unknownQueue = (): Refusal => refuse('NOT_FOUND', 'There is no such dead-letter queue.');

/** Looks into a queue; the letters stay. */
export async function readDeadLetters(
  { letters }: { letters: DeadLetters },
  { queue, limit }: { queue: string; limit: number },
): Promise<DeadLetter[] | Refusal> {
  if (!targetOf(queue)) return unknownQueue();
  const held = await letters.take(queue, { limit, before: Number.POSITIVE_INFINITY });
  await letters.letGo(queue, held);
  return held;
}
