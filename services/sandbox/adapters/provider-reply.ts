import type { Reply } from '../../../shared/kernel/idempotency';
import { isRefusal, type Refusal } from '../../../shared/kernel/refusal';
import { json } from '../../../shared/lambda/http';
import type { StoredReply } from '../domain/entry';

/** A stored reply goes out to the byte as it was stored. */
export const stored = (answer: StoredReply | Refusal): Reply | Refusal =>
  isRefusal(answer) ? answer : { ...answer, headers: { 'content-type': 'application/json' } };

export const ok = (answer: object): Reply | Refusal => (isRefusal(answer) ? answer : json(200, answer));
