import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import type { Refusal } from '../../../shared/kernel/refusal';
import type { Attempt, Delivery, DueAttempt, Endpoint } from '../domain/webhook';

/** The reply that a mutating request is committed with. */
export interface AnswerTo {
  request: IdempotentRequest;
  reply: Reply;
}

/** Who did it, for the audit log. */
export interface Act {
  actor: string;
  at: number;
  correlationId: string;
}

export type Committed = { done: true } | { done: false; answer?: Reply | Refusal };

export interface Endpoints {
  all(): Promise<Endpoint[]>;
  find(id: string): Promise<Endpoint | undefined>;
  create(endpoint: Endpoint, answerTo: AnswerTo, act: Act): Promise<Committed>;
  /** Conditional on the version before. */
  save(endpoint: Endpoint, act: Act): Promise<boolean>;
  remove(endpoint: Endpoint, act: Act): Promise<boolean>;
  /** How many deliveries in a row were given up by now. */
  countFailure(id: string): Promise<number>;
  forgetFailures(id: string): Promise<void>;
  /** Switched off by ourselves; without effect when it is off or gone. */
  disable(id: string, because: string, at: number): Promise<void>;
}

export interface Deliveries {
  /** Without effect when it is there. */
  add(delivery: Delivery): Promise<void>;
  find(endpointId: string, id: string): Promise<Delivery | undefined>;
  /** Newest first. */
  page(
    endpointId: string,
    limit: number,
    before?: string,
  ): Promise<{ deliveries: Delivery[]; last?: string }>;
  /** Conditional on run and tries before. */
  record(before: Delivery, attempt: Attempt, now: Pick<Delivery, 'status' | 'nextAttemptAt'>): Promise<void>;
  resend(delivery: Delivery, answerTo: AnswerTo, act: Act): Promise<Committed>;
}

/** The queue of attempts. */
export interface Attempts {
  queue(attempt: DueAttempt, now: number): Promise<void>;
}

export interface Poster {
  /** Signs and sends; every fault is a result, since the partner de-duplicates by `webhook-id`. */
  post(endpoint: Endpoint, delivery: Delivery, at: number): Promise<Attempt>;
}

export interface Owners {
  /** Has the owner told by mail that the endpoint was switched off. */
  tellDisabled(endpoint: Endpoint, because: string, correlationId: string, at: number): Promise<void>;
}

export interface Replies {
  find(request: IdempotentRequest, now: number): Promise<Reply | Refusal | undefined>;
}
