import Joi from 'joi';
import type { Route } from '../../../shared/kernel/route';
import { line } from '../../../shared/kernel/text';
import {
  ALWAYS,
  addressText,
  EXAMPLE_ITEMS,
  MUTATING,
  type OrderRequest,
  orderExample,
  orderPath,
  orderRequest,
  type PlaceOrderRequest,
  PRICED,
  payment,
  WITH_BODY,
} from './parts';

export const placeOrderRoute: Route<PlaceOrderRequest> = {
  method: 'POST',
  path: '/orders',
  summary: 'Place an order',
  access: 'customer',
  idempotent: true,
  body: Joi.object<PlaceOrderRequest, true>({ ...orderRequest, payment }),
  freeText: (body) => ({ ...addressText(body), '/payment/token': body.payment.token }),
  bodyExample: { items: EXAMPLE_ITEMS, payment: { token: 'tok_visa' } },
  answer: {
    schema: 'Order',
    status: 202,
    description: 'Accepted; it is confirmed or rejected soon after',
    example: orderExample,
  },
  errors: [...WITH_BODY, ...MUTATING, ...PRICED, 'CARD_NUMBER_REFUSED', 'PRICE_CHANGED', 'RATE_LIMITED'],
};

export const quoteOrderRoute: Route<OrderRequest> = {
  method: 'POST',
  path: '/orders/quote',
  summary: 'What an order would cost now; nothing is stored',
  access: 'customer',
  body: Joi.object<OrderRequest, true>(orderRequest),
  freeText: addressText,
  bodyExample: { items: EXAMPLE_ITEMS },
  answer: {
    schema: 'Quote',
    status: 200,
    description: 'Lines and total',
    example: { items: orderExample.items, total: orderExample.total },
  },
  errors: [...WITH_BODY, ...PRICED, 'CARD_NUMBER_REFUSED'],
};

export const getOrderRoute: Route<unknown, { id: string }> = {
  method: 'GET',
  path: '/orders/{id}',
  summary: 'An order as it is now',
  access: 'customer',
  pathParameters: orderPath,
  answer: {
    schema: 'Order',
    status: 200,
    description: 'The order; ETag has its version',
    example: orderExample,
  },
  errors: [...ALWAYS, 'NOT_FOUND'],
};

export const listOrdersRoute: Route<unknown, unknown, { limit?: number; cursor?: string }> = {
  method: 'GET',
  path: '/orders',
  summary: "The caller's orders, newest first",
  access: 'customer',
  query: Joi.object({
    limit: Joi.number().integer().min(1).max(100).optional(),
    cursor: line(500).optional(),
  }),
  answer: { page: 'Order', status: 200, description: 'A page', example: { items: [orderExample] } },
  errors: [...ALWAYS, 'CURSOR_INVALID'],
};

export const getOrderHistoryRoute: Route<unknown, { id: string }> = {
  method: 'GET',
  path: '/orders/{id}/history',
  summary: 'What happened to an order, oldest first',
  access: 'customer',
  pathParameters: orderPath,
  answer: {
    page: 'OrderEvent',
    status: 200,
    description: 'Its events',
    example: {
      items: [
        {
          at: orderExample.createdAt,
          type: 'order.placed',
          actor: 'customer',
          correlationId: 'cor_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
          data: { attempt: 1 },
        },
      ],
    },
  },
  errors: [...ALWAYS, 'NOT_FOUND'],
};

export const cancelOrderRoute: Route<{ reason?: string }, { id: string }> = {
  method: 'POST',
  path: '/orders/{id}/cancel',
  summary: 'Cancel an order that is not shipped; what was paid comes back',
  access: 'customer',
  idempotent: true,
  pathParameters: orderPath,
  body: Joi.object<{ reason?: string }, true>({ reason: line(200).optional() }),
  freeText: ({ reason }) => ({ '/reason': reason }),
  bodyExample: { reason: 'Ordered twice' },
  answer: {
    schema: 'Order',
    status: 202,
    description: 'The order, cancelled or about to be',
    example: orderExample,
  },
  errors: [...WITH_BODY, ...MUTATING, 'CARD_NUMBER_REFUSED', 'NOT_FOUND', 'ORDER_NOT_CANCELLABLE'],
};

export const orderRoutes = [
  placeOrderRoute,
  quoteOrderRoute,
  getOrderRoute,
  listOrdersRoute,
  getOrderHistoryRoute,
  cancelOrderRoute,
];
