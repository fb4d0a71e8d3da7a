import Joi from 'joi';
import type { CloudEvent } from '../../events/envelope';
import { idPattern } from '../../shared/kernel/ids';
import { type Money, moneySchema, times } from '../../shared/kernel/money';
import type { RefusalCode } from '../../shared/kernel/refusal';
import type { Route } from '../../shared/kernel/route';
import { line } from '../../shared/kernel/text';
import type { Address, Contact, Order, OrderLine } from './domain/order';

export type { Order } from './domain/order';

export interface WantedItem {
  productId: string;
  quantity: number;
}

interface OrderRequest {
  items: WantedItem[];
  contact?: Contact;
  expectedTotal?: Money;
  onUnavailable?: 'reject' | 'ask';
  shippingAddress?: Address;
}

interface PlaceOrderRequest extends OrderRequest {
  payment: { token: string };
}

const items = Joi.array()
  .items(
    Joi.object<WantedItem, true>({
      productId: line(64),
      quantity: Joi.number().integer().min(1).max(999),
    }),
  )
  .min(1)
  .max(100);

const contact = Joi.object<Contact, true>({
  email: line(254)
    .pattern(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/)
    .optional(),
  phone: line(20)
    .pattern(/^\+?[0-9 ()-]{6,20}$/)
    .optional(),
});

const address = Joi.object<Address, true>({
  name: line(100),
  line1: line(100),
  line2: line(100).optional(),
  city: line(100),
  postalCode: line(20),
  country: Joi.string().pattern(/^[A-Z]{2}$/),
});

const orderRequest = {
  items,
  contact: contact.optional(),
  expectedTotal: moneySchema.optional(),
  onUnavailable: Joi.string().valid('reject', 'ask').optional(),
  shippingAddress: address.optional(),
};

const payment = Joi.object<PlaceOrderRequest['payment'], true>({
  token: Joi.string().pattern(/^[A-Za-z0-9_-]{1,128}$/),
});

const addressText = ({ shippingAddress }: OrderRequest): Record<string, string | undefined> =>
  Object.fromEntries(
    (['name', 'line1', 'line2', 'city', 'postalCode'] as const).map((key) => [
      `/shippingAddress/${key}`,
      shippingAddress?.[key],
    ]),
  );

const orderPath = Joi.object<{ id: string }, true>({ id: line(64) });

const EXAMPLE_ITEMS = [{ productId: 'prd_01JDEM00000000000000000001', quantity: 2 }];

const orderExample = {
  id: 'ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
  status: 'PENDING',
  paymentStatus: 'PENDING',
  fulfilmentStatus: 'UNFULFILLED',
  items: [
    {
      ...EXAMPLE_ITEMS[0],
      name: 'Enamel mug',
      unitPrice: { amount: 1450, currency: 'EUR' },
      total: { amount: 2900, currency: 'EUR' },
    },
  ],
  total: { amount: 2900, currency: 'EUR' },
  version: 1,
  createdAt: '2026-11-21T09:30:00.000Z',
  updatedAt: '2026-11-21T09:30:00.000Z',
};

const ALWAYS: RefusalCode[] = ['VALIDATION_FAILED', 'INTERNAL', 'UNAVAILABLE'];
const WITH_BODY: RefusalCode[] = [...ALWAYS, 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];
const PRICED: RefusalCode[] = ['PRODUCT_UNKNOWN', 'PRODUCT_UNAVAILABLE'];
const MUTATING: RefusalCode[] = ['IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED', 'CONFLICT'];

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
  answer: { status: 200, description: 'The order; ETag has its version', example: orderExample },
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
  answer: { status: 200, description: 'A page', example: { items: [orderExample] } },
  errors: [...ALWAYS, 'CURSOR_INVALID'],
};

export const getOrderHistoryRoute: Route<unknown, { id: string }> = {
  method: 'GET',
  path: '/orders/{id}/history',
  summary: 'What happened to an order, oldest first',
  access: 'customer',
  pathParameters: orderPath,
  answer: {
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
  answer: { status: 202, description: 'The order, cancelled or about to be', example: orderExample },
  errors: [...WITH_BODY, ...MUTATING, 'CARD_NUMBER_REFUSED', 'NOT_FOUND', 'ORDER_NOT_CANCELLABLE'],
};

export const routes = [
  placeOrderRoute,
  quoteOrderRoute,
  getOrderRoute,
  listOrdersRoute,
  getOrderHistoryRoute,
  cancelOrderRoute,
];

/** Where a list of orders may go on: an order's id. */
export const ORDER_POSITION = idPattern('ord');

const lineView = ({ productId, name, quantity, unitPrice }: OrderLine) => ({
  productId,
  name,
  quantity,
  unitPrice,
  total: times(unitPrice, quantity),
});

export const quoteView = ({ items: lines, total }: { items: OrderLine[]; total: Money }) => ({
  items: lines.map(lineView),
  total,
});

/** An order as a client sees it: no customer, no payment token, nothing of how it is stored. */
export const orderView = (order: Order) => ({
  id: order.id,
  status: order.status,
  paymentStatus: order.paymentStatus,
  fulfilmentStatus: order.fulfilmentStatus,
  ...quoteView(order),
  rejectionReason: order.rejectionReason,
  nextAction: order.nextAction,
  version: order.version,
  createdAt: order.createdAt,
  updatedAt: order.updatedAt,
});

export const historyView = (events: CloudEvent[]) => ({
  items: events.map(({ time, type, actor, correlationid, data }) => ({
    at: time,
    type,
    actor,
    correlationId: correlationid,
    data,
  })),
});
