import Joi from 'joi';
import { moneySchema } from '../../shared/kernel/money';
import { PAYMENT_STATUSES, REJECTION_REASONS } from './domain/order';

const moment = (): Joi.StringSchema => Joi.string().pattern(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

const items = Joi.array().items(
  Joi.object({
    productId: Joi.string(),
    name: Joi.string(),
    quantity: Joi.number().integer(),
    unitPrice: moneySchema,
    total: moneySchema,
  }),
);

const quote = Joi.object({ items, total: moneySchema });

const order = Joi.object({
  id: Joi.string(),
  status: Joi.string().valid(
    'PENDING',
    'IN_REVIEW',
    'AWAITING_CUSTOMER',
    'AWAITING_PAYMENT',
    'CONFIRMED',
    'SHIPPED',
    'DELIVERED',
    'REJECTED',
    'CANCELLED',
  ),
  paymentStatus: Joi.string().valid(...PAYMENT_STATUSES),
  fulfilmentStatus: Joi.string().valid(
    'UNFULFILLED',
    'PARTIALLY_SHIPPED',
    'SHIPPED',
    'PARTIALLY_DELIVERED',
    'DELIVERED',
    'PARTIALLY_RETURNED',
    'RETURNED',
  ),
  items,
  total: moneySchema,
  rejectionReason: Joi.string()
    .valid(...REJECTION_REASONS)
    .optional(),
  nextAction: Joi.object({
    type: Joi.string().valid('redirect'),
    url: Joi.string(),
    expiresAt: moment(),
  }).optional(),
  proposal: Joi.object({ items, total: moneySchema, expiresAt: moment() }).optional(),
  version: Joi.number().integer().min(1),
  createdAt: moment(),
  updatedAt: moment(),
});

const orderEvent = Joi.object({
  at: moment(),
  type: Joi.string(),
  actor: Joi.string(),
  correlationId: Joi.string(),
  data: Joi.object(),
});

const wanted = { productId: Joi.string(), quantity: Joi.number().integer() };

const shipment = Joi.object({
  id: Joi.string(),
  orderId: Joi.string(),
  status: Joi.string().valid('SHIPPED', 'DELIVERED'),
  carrier: Joi.string(),
  trackingNumber: Joi.string(),
  lines: Joi.array().items(Joi.object(wanted)),
  shippedAt: moment(),
  deliveredAt: moment().optional(),
});

/** What came back, what staff accepted of it, and what that cost. */
const orderReturn = Joi.object({
  id: Joi.string(),
  orderId: Joi.string(),
  status: Joi.string().valid('REQUESTED', 'RECEIVED', 'REFUNDED', 'REFUSED'),
  lines: Joi.array().items(Joi.object({ ...wanted, reason: Joi.string() })),
  accepted: Joi.array()
    .items(Joi.object({ ...wanted, restock: Joi.boolean() }))
    .optional(),
  amount: moneySchema.optional(),
  requestedAt: moment(),
  receivedAt: moment().optional(),
});

const staffOrder = order.keys({ customerId: Joi.string(), attempt: Joi.number().integer() });

/** An event or payment has type, actor and data; a step its name and outcome; a message its channel and outcome. */
const timelineItem = Joi.object({
  at: moment(),
  kind: Joi.string().valid('event', 'step', 'payment', 'message'),
  correlationId: Joi.string(),
  attempt: Joi.number().integer().optional(),
  type: Joi.string().optional(),
  actor: Joi.string().optional(),
  data: Joi.object().optional(),
  step: Joi.string().optional(),
  outcome: Joi.string().optional(),
  message: Joi.string().optional(),
  messageId: Joi.string().optional(),
  channel: Joi.string().optional(),
  reason: Joi.string().optional(),
});

const joinedOrders = Joi.object({ joined: Joi.number().integer().min(0), more: Joi.boolean() });

/** What this service's routes answer with, by the names that `answer.schema` and `answer.page` of a route use. */
export const answers = {
  Republished: Joi.object({ events: Joi.number().integer(), tooOld: Joi.number().integer() }),
  Order: order,
  OrderEvent: orderEvent,
  Quote: quote,
  Return: orderReturn,
  Shipment: shipment,
  StaffOrder: staffOrder,
  TimelineItem: timelineItem,
  JoinedOrders: joinedOrders,
  Nothing: Joi.object({}),
};
