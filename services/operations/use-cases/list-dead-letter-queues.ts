import { DEAD_LETTER_QUEUES } from '../domain/dead-letter-queues';
import type { DeadLetters, QueueSize } from '../ports/dead-letters';

export interface QueueView extends QueueSize {
  queue: string;
}

/** Every queue with what lies in it, the fullest first. */
export async function listDeadLetterQueues({ letters }: { letters: DeadLetters }): Promise<QueueView[]> {
  const sizes = await Promise.all(
    Object.entries(DEAD_LETTER_QUEUES).map(async ([queue, target]) => {
      const size = await letters.size(queue, target);
      return size ? [{ queue, ...size }] : [];
    }),
  );
  return sizes
    .flat()
    .sort((one, other) => other.messages - one.messages || one.queue.localeCompare(other.queue));
}
