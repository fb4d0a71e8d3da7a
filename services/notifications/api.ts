import Joi from 'joi';
import { orderEvents } from '../../events/order-events';
import { idPattern } from '../../shared/kernel/ids';
import type { RefusalCode } from '../../shared/kernel/refusal';
import type { Route } from '../../shared/kernel/route';
import { line } from '../../shared/kernel/text';
import type { Delivery, Endpoint } from './domain/webhook';

export type NewEndpoint = Pick<Endpoint, 'url' | 'events' | 'description' | 'ownerEmail'>;
export type EndpointChange = Partial<NewEndpoint & Pick<Endpoint, 'status'>>;

const TYPES = orderEvents.map(({ type }) => type);

const parts = {
  url: line(2000),
  events: Joi.array()
    .items(Joi.string().valid(...TYPES))
    .min(1)
    .max(TYPES.length),
  ownerEmail: line(254).pattern(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/),
};

const endpointPath = Joi.object<{ id: string }, true>({ id: line(64) });

const example = {
  id: 'hook_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
  url: 'https://partner.example.com/orderly',
  events: ['order.confirmed', 'order.shipped'],
  description: 'Warehouse of the partner',
  ownerEmail: 'ops@partner.example.com',
  status: 'enabled',
  failures: 0,
  version: 1,
  createdAt: '2026-11-21T09:30:00.000Z',
  updatedAt: '2026-11-21T09:30:00.000Z',
};

const deliveryExample = {
  id: 'dlv_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
  eventId: 'evt_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
  eventType: 'order.shipped',
  orderId: 'ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
  status: 'pending',
  run: 1,
  attempts: [{ at: '2026-11-21T09:30:01.000Z', result: 'HTTP_503', milliseconds: 120 }],
  nextAttemptAt: '2026-11-21T09:30:06.000Z',
  createdAt: '2026-11-21T09:30:00.000Z',
};

const ALWAYS: RefusalCode[] = ['VALIDATION_FAILED', 'FORBIDDEN', 'INTERNAL', 'UNAVAILABLE'];
const WITH_BODY: RefusalCode[] = [
  ...ALWAYS,
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'CARD_NUMBER_REFUSED',
];
const MUTATING: RefusalCode[] = ['IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED', 'CONFLICT'];

export const createEndpointRoute: Route<NewEndpoint> = {
  method: 'POST',
  path: '/webhook-endpoints',
  summary: "Send a partner's URL the events of orders; the answer alone shows the secret that signs them",
  access: 'staff',
  idempotent: true,
  body: Joi.object<NewEndpoint, true>({ ...parts, description: line(200).optional() }),
  freeText: ({ description }) => ({ '/description': description }),
  bodyExample: {
    url: example.url,
    events: example.events,
    description: example.description,
    ownerEmail: example.ownerEmail,
  },
  answer: {
    schema: 'NewWebhookEndpoint',
    status: 201,
    description: 'The endpoint and its secret',
    example: { ...example, secret: 'whsec_c2VjcmV0LW9mLTMyLWJ5dGVzLW9ubHktc2hvd24tb25jZQ==' },
  },
  errors: [...WITH_BODY, ...MUTATING],
};

export const listEndpointsRoute: Route = {
  method: 'GET',
  path: '/webhook-endpoints',
  summary: 'All webhook endpoints, fifty at most',
  access: 'staff',
  answer: {
    page: 'WebhookEndpoint',
    status: 200,
    description: 'The endpoints without their secrets',
    example: { items: [example] },
  },
  errors: ALWAYS,
};

export const changeEndpointRoute: Route<EndpointChange, { id: string }> = {
  method: 'PATCH',
  path: '/webhook-endpoints/{id}',
  summary: 'Change a webhook endpoint, or switch it off or on again',
  access: 'staff',
  ifMatch: 'required',
  pathParameters: endpointPath,
  body: Joi.object<EndpointChange, true>({
    url: parts.url.optional(),
    events: parts.events.optional(),
    description: line(200).optional(),
    ownerEmail: parts.ownerEmail.optional(),
    status: Joi.string().valid('enabled', 'disabled').optional(),
  }).min(1),
  freeText: ({ description }) => ({ '/description': description }),
  bodyExample: { status: 'enabled' },
  answer: {
    schema: 'WebhookEndpoint',
    status: 200,
    description: 'The endpoint; ETag has its version',
    example: { ...example, version: 2 },
  },
  errors: [...WITH_BODY, 'NOT_FOUND', 'IF_MATCH_REQUIRED', 'STALE', 'CONFLICT'],
};

export const deleteEndpointRoute: Route<unknown, { id: string }> = {
  method: 'DELETE',
  path: '/webhook-endpoints/{id}',
  summary: 'Forget a webhook endpoint; what is under way to it is given up',
  access: 'staff',
  ifMatch: 'optional',
  pathParameters: endpointPath,
  answer: {
    schema: 'DeletedWebhookEndpoint',
    status: 200,
    description: 'It is gone',
    example: { id: example.id, deleted: true },
  },
  errors: [...ALWAYS, 'NOT_FOUND', 'STALE', 'CONFLICT'],
};

export const listDeliveriesRoute: Route<unknown, { id: string }, { limit?: number; cursor?: string }> = {
  method: 'GET',
  path: '/webhook-endpoints/{id}/deliveries',
  summary: 'What was sent to a webhook endpoint in the last 30 days, newest event first',
  access: 'staff',
  pathParameters: endpointPath,
  query: Joi.object({
    limit: Joi.number().integer().min(1).max(100).optional(),
    cursor: line(500).optional(),
  }),
  answer: {
    page: 'WebhookDelivery',
    status: 200,
    description: 'A page',
    example: { items: [deliveryExample] },
  },
  errors: [...ALWAYS, 'NOT_FOUND', 'CURSOR_INVALID'],
};

export const resendDeliveryRoute: Route<unknown, { id: string; deliveryId: string }> = {
  method: 'POST',
  path: '/webhook-endpoints/{id}/deliveries/{deliveryId}/resend',
  summary: 'Send an event once more, under the same webhook-id',
  access: 'staff',
  idempotent: true,
  pathParameters: Joi.object<{ id: string; deliveryId: string }, true>({
    id: line(64),
    deliveryId: line(128),
  }),
  answer: {
    schema: 'WebhookDelivery',
    status: 202,
    description: 'It is on its way',
    example: { ...deliveryExample, run: 2 },
  },
  errors: [...ALWAYS, ...MUTATING, 'NOT_FOUND', 'ILLEGAL_TRANSITION'],
};

export const routes = [
  createEndpointRoute,
  listEndpointsRoute,
  changeEndpointRoute,
  deleteEndpointRoute,
  listDeliveriesRoute,
  resendDeliveryRoute,
];

/** Where a log of deliveries may go on: a delivery's id. */
export const DELIVERY_POSITION = idPattern('dlv');

export const endpointView = ({ secret: _, ...endpoint }: Endpoint) => endpoint;

/** What staff see of a delivery; the event itself is the order's own history. */
export const deliveryView = (delivery: Delivery) => {
  const { endpointId: _, event: __, correlationId: ___, tries: ____, ...rest } = delivery;
  return rest;
};
