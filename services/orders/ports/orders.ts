import type { CloudEvent } from '../../../events/envelope';
import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import type { Refusal } from '../../../shared/kernel/refusal';
import type { Order } from '../domain/order';
import type { Run } from '../domain/run';

/** An order as it is from now on, the event that says so, and the attempt that this asks for, if any. */
export interface Change {
  order: Order;
  event: CloudEvent;
  starts?: number;
  /** Told in the audit log by the same write. */
  audit?: StaffAction;
}

/** What a member of staff did to the order. No free text and nobody's data. */
export interface StaffAction {
  actor: string;
  /** The verb-noun of the action, such as `review-order`. */
  action: string;
  detail?: Record<string, string | number | boolean>;
}

/** What makes a change the answer to one request: written in the same transaction as the change. */
export interface AnswerTo {
  request: IdempotentRequest;
  reply: Reply;
  now: number;
}

export type Saved =
  | { saved: true }
  /** Somebody else changed the order first: look again. */
  | { saved: false; stale: true }
  /** The Idempotency-Key was used before: this is its answer. */
  | { saved: false; stale: false; answer: Reply | Refusal };

export interface FindsOrders {
  /** Strongly consistent. */
  get(id: string): Promise<Order | undefined>;
}

export interface SavesOrders extends FindsOrders {
  /** Order and event in one transaction, conditional on the version before; with `answerTo` the reply's record too. */
  save(change: Change, answerTo?: AnswerTo): Promise<Saved>;
}

export interface PlacesOrders {
  /** A new order, its event, its reply's record and the caller's count of the minute in one transaction. */
  place(change: Change, answerTo: AnswerTo, caller: string): Promise<Reply | Refusal>;
}

export interface ClaimsOrders {
  /** The order as claimed for this execution, or undefined when the attempt is not this execution's to run. */
  claim(id: string, run: Run, now: number): Promise<Order | undefined>;
}

export interface ListsOrders {
  /** A page of a customer's orders, newest first, from below `before`. */
  listByCustomer(
    customerId: string,
    page: { limit: number; before?: string },
  ): Promise<{ orders: Order[]; last?: string }>;
}

export interface FindsOpenOrders {
  /** Orders that an attempt still owes an end, oldest first within a bucket, in pages. */
  openOrders(): AsyncIterable<Order[]>;
}

export interface RepliesToRequests {
  /** The stored answer of this very request, if it was made before. */
  find(request: IdempotentRequest, now: number): Promise<Reply | Refusal | undefined>;
}
