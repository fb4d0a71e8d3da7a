import { DEAD_LETTER_QUEUES } from '../domain/dead-letter-queues';
import type { DeadLetters, QueueSize } from '../ports/dead-letters';

export interface QueueView extends QueueSize {
  queue: string;
}

/** Every queue with what lies in it, the fullest first. */
export async function listDeadLetterQueues({ letters }: { letters: DeadLetters }): Promise<QueueView[]> {
  // Settled, all of them, so that no call is still under way when the answer is out.
  const asked = await Promise.allSettled(
    Object.entries(DEAD_LETTER_QUEUES).map(async ([queue, target]) => {
      const size = await letters.size(queue, target);
      return size ? [{ queue, ...size }] : [];
    }),
  );
  const failed = asked.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return asked
    .flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    .sort((one, other) => other.messages - one.messages || one.queue.localeCompare(other.queue));
}
