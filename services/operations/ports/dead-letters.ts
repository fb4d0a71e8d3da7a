import type { DeadLetter, Outcome } from '../domain/dead-letter';
import type { Target } from '../domain/dead-letter-queues';

export interface QueueSize {
  /** Letters that nobody is looking at. */
  messages: number;
  /** What its target queue still has to do; 0 where the target is a function. A stream does not say how far it is read. */
  waiting?: number;
}

/** A letter that this caller holds for some seconds; it has to be let go, or ended. */
export interface Held extends DeadLetter {
  handle: string;
}

export interface Wanted {
  limit: number;
  /** Only those that came before. */
  before: number;
  /** These alone, where some are named. */
  ids?: readonly string[];
  /** None of these. */
  except?: readonly string[];
}

export interface DeadLetters {
  /** Undefined for a queue that this stage does not have: prod has no sandbox. */
  size(queue: string, target: Target): Promise<QueueSize | undefined>;
  /** Holds up to `limit` letters. */
  take(queue: string, wanted: Wanted): Promise<Held[]>;
  letGo(queue: string, letters: readonly Held[]): Promise<void>;
  /** Gone for good. */
  end(queue: string, letter: Held): Promise<void>;
}

/** Takes a letter to where it is to be tried again. */
export interface Redelivery {
  retry(letter: DeadLetter, target: Target): Promise<Outcome>;
}

export interface AuditLog {
  write(entry: {
    actor: string;
    action: string;
    target: string;
    at: number;
    correlationId: string;
    detail: Record<string, string | number>;
  }): Promise<void>;
}
