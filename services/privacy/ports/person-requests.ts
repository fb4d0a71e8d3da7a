import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import type { Refusal } from '../../../shared/kernel/refusal';
import type { PersonRequest } from '../domain/person-request';

export interface FindsRequests {
  get(id: string): Promise<PersonRequest | undefined>;
}

/** The request of a member of staff that a row answers, with the entry of the audit log. */
export interface Asking {
  request: IdempotentRequest;
  reply: Reply;
  now: number;
}

export type Opened =
  | { opened: true }
  /** Somebody else wrote the row first, or the Idempotency-Key was used before. */
  | { opened: false; answer?: Reply | Refusal };

export interface OpensRequests extends FindsRequests {
  /** The row, the reply's record and the entry of the audit log in one transaction. */
  open(row: PersonRequest, asking: Asking): Promise<Opened>;
}

export interface MovesRequests {
  /** Without effect when the row is further already. */
  move(row: PersonRequest, now: number): Promise<void>;
}

export interface RepliesToRequests {
  /** The stored answer of this very request, if it was made before. */
  find(request: IdempotentRequest, now: number): Promise<Reply | Refusal | undefined>;
}
