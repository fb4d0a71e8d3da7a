import { createHash } from 'node:crypto';
import { parkedRecordOf } from './parked-record';

/** A message that was given up, as it lies in its queue. */
export interface DeadLetter {
  id: string;
  body: string;
  /** When it came here, milliseconds since the epoch. */
  sentAt: number;
  /** Why, where its consumer said so; a queue that ran out of receives says nothing. */
  reason?: string;
  correlationId?: string;
  /** The function that parked it, by its whole name. */
  parkedBy?: string;
}

/**
 * Tells whether a letter that comes back is the one that was sent on: its id is new each time, its body is not. Of a
 * record only what it carries counts, since its place in the stream is another one then.
 */
export function digestOf({ body }: Pick<DeadLetter, 'body'>): string {
  const record = parkedRecordOf(body);
  const content = record ? `${record.partitionKey}\n${record.data}` : body;
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/** RETRIED: sent on and gone from here. FAILED: its function failed again, it is still here. NO_CONTENT: it names records it does not have. */
export type Outcome = 'RETRIED' | 'FAILED' | 'NO_CONTENT';
