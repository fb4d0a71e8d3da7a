import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { type Clock, HOUR, iso } from '../../../shared/kernel/time';
import {
  again,
  isSame,
  type Kind,
  newRequest,
  type Person,
  type PersonRequest,
} from '../domain/person-request';
import type { FindsPeople, Named } from '../ports/keepers';
import type { OpensRequests, RepliesToRequests } from '../ports/person-requests';

export interface AskAboutPerson {
  kind: Kind;
  requestId: string;
  named: Named;
  /** The member of staff. */
  staffId: string;
  correlationId: string;
  request: IdempotentRequest;
}

interface Ports {
  people: FindsPeople;
  requests: OpensRequests;
  replies: RepliesToRequests;
  clock: Clock;
  answer: (row: PersonRequest) => Reply;
}

/** So long the stream brings a step again (`maximumRecordAgeInSeconds` of workPersonRequest). */
const STANDS_STILL_AFTER = 12 * HOUR;

/**
 * A signed-off request is carried out once: only one that was refused, or that nothing moves any more, may be asked for
 * again, for the same person. One that moves nevertheless is overtaken: its next write is of an old version.
 */
export async function askAboutPerson(ports: Ports, command: AskAboutPerson): Promise<Reply | Refusal> {
  const now = ports.clock();
  const before = await ports.replies.find(command.request, now);
  if (before) return before;
  const person = await ports.people.find(command.named, command.kind);
  if (!person) return refuse('NOT_FOUND', 'There is nobody by this name, or nothing of them is left.');
  const row = rowFor(await ports.requests.get(command.requestId), person, command, now);
  if (!('id' in row)) return row;
  const reply = ports.answer(row);
  const opened = await ports.requests.open(row, { request: command.request, reply, now });
  if (opened.opened) return reply;
  return (
    opened.answer ??
    refuse('CONFLICT', 'Somebody asked for this request at the same moment. Look at its status.', {
      retryAfter: 1,
    })
  );
}

function rowFor(
  known: PersonRequest | undefined,
  person: Person,
  { kind, requestId, staffId, correlationId }: AskAboutPerson,
  now: number,
): PersonRequest | Refusal {
  const by = { requestedBy: staffId, requestedAt: iso(now), correlationId };
  if (!known) return newRequest({ id: requestId, kind, person, ...by });
  const standsStill = known.status === 'RUNNING' && now - Date.parse(known.requestedAt) >= STANDS_STILL_AFTER;
  const mayBeAgain =
    (known.status === 'REFUSED' || standsStill) && known.kind === kind && isSame(known.person, person);
  if (mayBeAgain) return again(known, by);
  return refuse('CONFLICT', `The request ${requestId} was used before: ${known.kind}, ${known.status}.`);
}
