import Joi from 'joi';
import type { Route } from '../../../shared/kernel/route';
import { line } from '../../../shared/kernel/text';
import type { Order, OrderStatus } from '../domain/order';
import { LEGAL_MOVES } from '../domain/order-moves';
import { ALWAYS, email, orderExample, orderPath, WITH_BODY } from './parts';
import { orderView } from './views';

export interface SearchRequest {
  status?: OrderStatus;
  email?: string;
  trackingNumber?: string;
  customerId?: string;
  correlationId?: string;
  from?: string;
  to?: string;
  idPrefix?: string;
  limit?: number;
  cursor?: string;
}

const page = {
  limit: Joi.number().integer().min(1).max(100).optional(),
  cursor: line(500).optional(),
};

const dateOrTime = Joi.string().pattern(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,3})?Z)?$/);

export const searchOrdersRoute: Route<SearchRequest> = {
  method: 'POST',
  path: '/staff/orders/search',
  summary:
    'Find orders by status, e-mail address, tracking number, customer, correlation id of ours, time or the beginning of an id, newest first',
  access: 'staff',
  body: Joi.object<SearchRequest, true>({
    status: Joi.string()
      .valid(...Object.keys(LEGAL_MOVES))
      .optional(),
    email: email.optional(),
    trackingNumber: line(60).optional(),
    customerId: line(64).optional(),
    // A client's own tells no time, so only the logs have it.
    correlationId: Joi.string()
      .pattern(/^cor_[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
      .optional(),
    from: dateOrTime.optional(),
    to: dateOrTime.optional(),
    // Four characters of a ULID are twelve days.
    idPrefix: Joi.string()
      .pattern(/^ord_[0-7][0-9A-HJKMNP-TV-Z]{3,25}$/)
      .optional(),
    ...page,
  }),
  bodyExample: { status: 'AWAITING_PAYMENT', from: '2026-11-01', limit: 20 },
  answer: {
    status: 200,
    page: 'StaffOrder',
    description: 'A page; it may be short, or empty, and still have a nextCursor',
    example: { items: [{ ...orderExample, customerId: 'gst_01JDEMCQ7Z8V3N5K2M4P6R8T0W', attempt: 1 }] },
  },
  errors: [...WITH_BODY, 'FORBIDDEN', 'CURSOR_INVALID'],
};

export const getOrderTimelineRoute: Route<unknown, { id: string }, { limit?: number; cursor?: string }> = {
  method: 'GET',
  path: '/staff/orders/{id}/timeline',
  summary: 'All that happened to an order: events, steps of the saga, payments and messages, oldest first',
  access: 'staff',
  pathParameters: orderPath,
  query: Joi.object({ ...page }),
  answer: {
    status: 200,
    page: 'TimelineItem',
    description: 'A page by its events; what was recorded with an event or after it stands on the same page',
    example: {
      items: [
        {
          at: orderExample.createdAt,
          kind: 'event',
          type: 'order.placed',
          actor: 'customer',
          correlationId: 'cor_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
          attempt: 1,
          data: {},
        },
        {
          at: '2026-11-21T09:30:00.400Z',
          kind: 'step',
          step: 'ReserveInventory',
          outcome: 'RESERVED',
          correlationId: 'cor_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
          attempt: 1,
        },
        {
          at: '2026-11-21T09:30:02.100Z',
          kind: 'message',
          message: 'order-confirmed',
          messageId: 'evt_01JDEMCQ7Z8V3N5K2M4P6R8T0W#email',
          channel: 'email',
          outcome: 'SENT',
          correlationId: 'cor_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
          attempt: 1,
        },
      ],
    },
  },
  errors: [...ALWAYS, 'FORBIDDEN', 'NOT_FOUND', 'CURSOR_INVALID'],
};

export const staffRoutes = [searchOrdersRoute, getOrderTimelineRoute];

/** What staff see of an order beside what its customer sees: whose it is, and which attempt counts. */
export const staffOrderView = (order: Order) => ({
  ...orderView(order),
  customerId: order.customerId,
  attempt: order.attempt,
});
