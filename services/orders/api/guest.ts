import Joi from 'joi';
import type { Route } from '../../../shared/kernel/route';
import { line } from '../../../shared/kernel/text';
import { guestCaller } from '../domain/guest';
import type { Contact } from '../domain/order';
import {
  ALWAYS,
  addressText,
  EXAMPLE_ITEMS,
  email,
  MUTATING,
  orderExample,
  orderPath,
  orderRequest,
  type PlaceOrderRequest,
  PRICED,
  payment,
  phone,
  WITH_BODY,
} from './parts';

export interface GuestOrderRequest extends PlaceOrderRequest {
  contact: Contact & { email: string };
}

const guestContact = Joi.object<GuestOrderRequest['contact'], true>({ email, phone: phone.optional() });

export const placeGuestOrderRoute: Route<GuestOrderRequest> = {
  method: 'POST',
  path: '/guest/orders',
  summary: 'Place an order without an account; its link comes by mail alone',
  access: 'public',
  idempotent: true,
  caller: ({ body }) => guestCaller(body.contact.email),
  body: Joi.object<GuestOrderRequest>({ ...orderRequest, contact: guestContact, payment }),
  freeText: (body) => ({ ...addressText(body), '/payment/token': body.payment.token }),
  bodyExample: {
    items: EXAMPLE_ITEMS,
    payment: { token: 'tok_visa' },
    contact: { email: 'ines@example.com' },
  },
  answer: {
    status: 202,
    schema: 'Order',
    description: 'Accepted; it is confirmed or rejected soon after',
    example: orderExample,
  },
  errors: [...WITH_BODY, ...MUTATING, ...PRICED, 'CARD_NUMBER_REFUSED', 'PRICE_CHANGED', 'RATE_LIMITED'],
};

/** Any text is a token to be judged: one that is wrong in form is answered like one that is wrong. */
const linkQuery = Joi.object<{ t?: string }>({ t: Joi.string().allow('').optional() });

export const getGuestOrderRoute: Route<unknown, { id: string }, { t?: string }> = {
  method: 'GET',
  path: '/guest/orders/{id}',
  summary: "A guest's order, opened by the link of a mail",
  access: 'public',
  pathParameters: orderPath,
  query: linkQuery,
  answer: {
    status: 200,
    schema: 'Order',
    description: 'The order; ETag has its version',
    example: orderExample,
  },
  errors: [...ALWAYS, 'NOT_FOUND', 'RATE_LIMITED'],
};

export const cancelGuestOrderRoute: Route<{ reason?: string }, { id: string }, { t?: string }> = {
  method: 'POST',
  path: '/guest/orders/{id}/cancel',
  summary: "Cancel a guest's order that is not shipped, by the link of a mail",
  access: 'public',
  idempotent: true,
  caller: ({ path }) => `guest:${path.id}`,
  pathParameters: orderPath,
  query: linkQuery,
  body: Joi.object<{ reason?: string }, true>({ reason: line(200).optional() }),
  freeText: ({ reason }) => ({ '/reason': reason }),
  bodyExample: { reason: 'Ordered twice' },
  answer: {
    status: 202,
    schema: 'Order',
    description: 'The order, cancelled or about to be',
    example: orderExample,
  },
  errors: [
    ...WITH_BODY,
    ...MUTATING,
    'CARD_NUMBER_REFUSED',
    'NOT_FOUND',
    'ORDER_NOT_CANCELLABLE',
    'RATE_LIMITED',
  ],
};

export interface LinkRequest {
  orderId: string;
  email: string;
}

export const requestGuestLinkRoute: Route<LinkRequest> = {
  method: 'POST',
  path: '/guest/orders/link',
  summary: "Mail a new link to a guest's order, at most three an hour; the answer is always the same",
  access: 'public',
  body: Joi.object<LinkRequest, true>({ orderId: line(64), email }),
  bodyExample: { orderId: orderExample.id, email: 'ines@example.com' },
  answer: {
    status: 202,
    schema: 'Nothing',
    description: 'If there is such an order, a mail is on its way',
    example: {},
  },
  errors: [...WITH_BODY, 'RATE_LIMITED'],
};

export const joinGuestOrdersRoute: Route = {
  method: 'POST',
  path: '/me/guest-orders',
  summary: "Take the orders placed as a guest under one's verified address into the account",
  access: 'customer',
  idempotent: true,
  query: Joi.object({}),
  answer: {
    status: 200,
    schema: 'JoinedOrders',
    description: 'How many were taken; `more` says that another call has work to do',
    example: { joined: 2, more: false },
  },
  errors: [...ALWAYS, ...MUTATING],
};

export const guestRoutes = [
  placeGuestOrderRoute,
  getGuestOrderRoute,
  cancelGuestOrderRoute,
  requestGuestLinkRoute,
  joinGuestOrdersRoute,
];
