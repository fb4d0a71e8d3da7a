import Joi from 'joi';
import type { RefusalCode } from '../../shared/kernel/refusal';
import type { Route } from '../../shared/kernel/route';
import { line } from '../../shared/kernel/text';
import type { Kind, PersonRequest } from './domain/person-request';

export type { PersonRequest } from './domain/person-request';

/** The id under which it was signed off, such as `DSR-2026-0042`: letters, a year and a number, nobody's name. */
const requestId = (): Joi.StringSchema => Joi.string().pattern(/^[A-Z]{2,10}-\d{4}-\d{1,8}$/);

export interface AskRequest {
  requestId: string;
  customerId?: string;
  orderId?: string;
  email?: string;
}

const body = Joi.object<AskRequest, true>({
  requestId: requestId(),
  customerId: line(128).optional(),
  orderId: Joi.string()
    .pattern(/^ord_[0-9A-HJKMNP-TV-Z]{26}$/)
    .optional(),
  email: Joi.string()
    .pattern(/^[^\s@\p{Cc}\p{Cs}]{1,64}@[^\s@\p{Cc}\p{Cs}]{1,189}$/u)
    .optional(),
})
  .min(2)
  .max(2);

const ALWAYS: RefusalCode[] = ['VALIDATION_FAILED', 'FORBIDDEN', 'NOT_FOUND', 'INTERNAL', 'UNAVAILABLE'];

const example = {
  requestId: 'DSR-2026-0042',
  kind: 'EXPORT',
  status: 'RUNNING',
  step: 'ACCOUNT',
  orders: 0,
  requestedAt: '2026-11-21T09:30:00.000Z',
};

const asking = (path: string, summary: string, kind: Kind): Route<AskRequest> => ({
  method: 'POST',
  path,
  summary,
  access: 'staff',
  idempotent: true,
  body,
  bodyExample: { requestId: 'DSR-2026-0042', customerId: '5f0c2a1e-6d1b-4b58-9d57-3a1f0d6c9b11' },
  answer: {
    status: 202,
    schema: 'PersonRequest',
    description: 'Taken; GET /staff/people/requests/{requestId} says how far it is',
    example: { ...example, kind, step: kind === 'EXPORT' ? 'ACCOUNT' : 'CHECK' },
  },
  errors: [
    ...ALWAYS,
    'BODY_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
    'IDEMPOTENCY_KEY_INVALID',
    'IDEMPOTENCY_KEY_REUSED',
    'CONFLICT',
  ],
});

export const exportPersonRoute = asking(
  '/staff/people/export',
  'Collect all that is kept of a person: named by customerId, orderId (a guest) or email',
  'EXPORT',
);

export const erasePersonRoute = asking(
  '/staff/people/erase',
  'Take a person out of all that is kept; what the books need stays, without them',
  'ERASE',
);

export const getPersonRequestRoute: Route<unknown, { requestId: string }> = {
  method: 'GET',
  path: '/staff/people/requests/{requestId}',
  summary: 'How far a request about a person has come; a finished export with links to its files',
  access: 'staff',
  pathParameters: Joi.object<{ requestId: string }, true>({ requestId: requestId() }),
  answer: {
    status: 200,
    schema: 'PersonRequest',
    description: 'The request; each link opens its file for a quarter of an hour',
    example: {
      ...example,
      status: 'DONE',
      step: 'ORDERS',
      orders: 3,
      finishedAt: '2026-11-21T09:30:02.000Z',
      files: [{ name: 'account.json', url: 'https://…' }],
    },
  },
  errors: ALWAYS,
};

export const routes = [exportPersonRoute, erasePersonRoute, getPersonRequestRoute];

/** Ids alone: by `customerId` and `orderId` the same person is found again, should a backup bring them back. */
export const requestView = (
  { id, kind, status, step, person, guestOrder, orders, openOrders, requestedAt, finishedAt }: PersonRequest,
  files?: { name: string; url: string }[],
) => ({
  requestId: id,
  kind,
  status,
  step,
  customerId: person.customerId,
  orderId: guestOrder,
  orders,
  openOrders,
  requestedAt,
  finishedAt,
  files,
});
