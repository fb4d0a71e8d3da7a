import Joi from 'joi';
import { idPattern } from '../../shared/kernel/ids';
import type { RefusalCode } from '../../shared/kernel/refusal';
import type { Route } from '../../shared/kernel/route';
import { line } from '../../shared/kernel/text';
import type { DeadLetter } from './domain/dead-letter';
import { digestOf } from './domain/dead-letter';

const ALWAYS: RefusalCode[] = ['VALIDATION_FAILED', 'FORBIDDEN', 'INTERNAL', 'UNAVAILABLE'];
const WITH_BODY: RefusalCode[] = [...ALWAYS, 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];

interface QueuePath {
  queue: string;
}
const queuePath = Joi.object<QueuePath, true>({ queue: Joi.string().pattern(/^[a-z-]{1,60}$/) });

const moment = () => Joi.string().pattern(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/);
const letterIds = (most: number) => Joi.array().items(line(100)).min(1).max(most);

export const listDeadLetterQueuesRoute: Route = {
  method: 'GET',
  path: '/staff/dead-letters',
  summary: 'Every dead-letter queue and how much lies in it, the fullest first',
  access: 'staff',
  answer: {
    status: 200,
    description:
      '`waiting`: what the queue that takes its letters again still has to do; a stream does not say',
    page: 'DeadLetterQueue',
    example: { items: [{ queue: 'email-dlq', messages: 2, waiting: 0 }] },
  },
  errors: ALWAYS,
};

interface Limit {
  limit?: number;
}

const letterExample = {
  id: '5f0e1a3c-7f0e-4f6e-8a3a-0d6a2f1b9c11',
  digest: '9f86d081884c7d65',
  sentAt: '2026-11-21T09:30:00.000Z',
  reason: 'EventInvalid: order.confirmed: data.total any.required',
  correlationId: 'cor_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
  body: '{"specversion":"1.0"}',
};

export const readDeadLettersRoute: Route<unknown, QueuePath, Limit> = {
  method: 'GET',
  path: '/staff/dead-letters/{queue}',
  summary: 'Look into a dead-letter queue; the letters stay',
  access: 'staff',
  pathParameters: queuePath,
  query: Joi.object<Limit, true>({ limit: Joi.number().integer().min(1).max(100).optional() }),
  answer: {
    status: 200,
    description: 'Letters with their reasons',
    page: 'DeadLetter',
    example: { items: [letterExample] },
  },
  errors: [...ALWAYS, 'NOT_FOUND'],
};

interface RedriveRequest {
  limit?: number;
  before?: string;
  ids?: string[];
  except?: string[];
}

export const redriveDeadLettersRoute: Route<RedriveRequest, QueuePath> = {
  method: 'POST',
  path: '/staff/dead-letters/{queue}/redrive',
  summary:
    'Send letters on to where they were given up; ids, or as many as `limit` says of those that came before `before`, but for `except`',
  access: 'staff',
  pathParameters: queuePath,
  body: Joi.object<RedriveRequest, true>({
    limit: Joi.number().integer().min(1).max(50).optional(),
    before: moment().optional(),
    ids: letterIds(50).optional(),
    // Those that stayed when they were tried: they lie in front of the others.
    except: letterIds(100).optional(),
  }),
  bodyExample: { limit: 10, before: '2026-11-21T09:30:00.000Z' },
  answer: {
    status: 200,
    description: 'What became of each: RETRIED, FAILED (its function failed again, it stays) or NO_CONTENT',
    page: 'RedrivenLetter',
    example: { items: [{ id: letterExample.id, digest: letterExample.digest, outcome: 'RETRIED' }] },
  },
  errors: [...WITH_BODY, 'NOT_FOUND'],
};

export const DISCARD_REASONS = ['DUPLICATE', 'OBSOLETE', 'INVALID', 'TEST'] as const;

interface DiscardRequest {
  ids: string[];
  reason: (typeof DISCARD_REASONS)[number];
}

export const discardDeadLettersRoute: Route<DiscardRequest, QueuePath> = {
  method: 'POST',
  path: '/staff/dead-letters/{queue}/discard',
  summary: 'End letters for good; the audit log keeps who, why and the digest of each',
  access: 'staff',
  pathParameters: queuePath,
  body: Joi.object<DiscardRequest, true>({
    ids: letterIds(10),
    reason: Joi.string().valid(...DISCARD_REASONS),
  }),
  bodyExample: { ids: [letterExample.id], reason: 'INVALID' },
  answer: {
    status: 200,
    description: 'The ids that were there and are gone',
    schema: 'DiscardedLetters',
    example: { discarded: [letterExample.id] },
  },
  errors: [...WITH_BODY, 'NOT_FOUND'],
};

interface AuditQuery extends Limit {
  date: string;
  cursor?: string;
}

export const readAuditLogRoute: Route<unknown, unknown, AuditQuery> = {
  method: 'GET',
  path: '/staff/audit',
  summary: 'What staff did on a day (UTC), newest first',
  access: 'staff',
  query: Joi.object<AuditQuery, true>({
    date: Joi.string().pattern(/^\d{4}-\d\d-\d\d$/),
    limit: Joi.number().integer().min(1).max(100).optional(),
    cursor: line(300).optional(),
  }),
  answer: {
    status: 200,
    description: 'A page',
    page: 'AuditEntry',
    example: {
      items: [
        {
          id: 'aud_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
          at: '2026-11-21T09:30:00.000Z',
          actor: '5f0e1a3c-7f0e-4f6e-8a3a-0d6a2f1b9c11',
          action: 'ship-order',
          target: 'ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
          correlationId: 'cor_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
        },
      ],
    },
  },
  errors: [...ALWAYS, 'CURSOR_INVALID'],
};

export const routes = [
  listDeadLetterQueuesRoute,
  readDeadLettersRoute,
  redriveDeadLettersRoute,
  discardDeadLettersRoute,
  readAuditLogRoute,
];

export const AUDIT_POSITION = idPattern('aud');

/** A body is shown up to here; SQS takes 256 KB, a page of a hundred has to stay below the 6 MB of an answer. */
const SHOWN = 8 * 1024;

export const letterView = (letter: DeadLetter) => ({
  id: letter.id,
  digest: digestOf(letter),
  sentAt: new Date(letter.sentAt).toISOString(),
  reason: letter.reason,
  correlationId: letter.correlationId,
  body: letter.body.slice(0, SHOWN),
});
