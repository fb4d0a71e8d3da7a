import Joi from 'joi';
import type { Reply } from '../../../shared/kernel/idempotency';
import type { RefusalCode } from '../../../shared/kernel/refusal';
import type { Route } from '../../../shared/kernel/route';
import { line } from '../../../shared/kernel/text';
import type { OrderReturn, ReceivedLine, ReturnLine } from '../domain/order-return';
import type { WantedLine } from '../domain/pricing';
import type { Shipment } from '../domain/shipment';
import { EXAMPLE_ITEMS, MUTATING, orderExample, orderPath, WITH_BODY } from './parts';

const id = (): Joi.StringSchema => line(64);
const quantity = Joi.number().integer().min(1).max(999);

/** As many as an order may be sent with. */
const linesOf = (line: Joi.ObjectSchema) => Joi.array().items(line).min(1).max(100);

const MOVING: RefusalCode[] = [...WITH_BODY, ...MUTATING, 'NOT_FOUND', 'ILLEGAL_TRANSITION'];
const BY_STAFF: RefusalCode[] = ['FORBIDDEN', 'STALE'];

interface ShipBody {
  carrier: string;
  trackingNumber: string;
  lines: WantedLine[];
}

const shipmentExample = {
  id: 'shp_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
  orderId: orderExample.id,
  status: 'SHIPPED',
  carrier: 'DHL',
  trackingNumber: 'JD014600003828',
  lines: EXAMPLE_ITEMS,
  shippedAt: '2026-11-22T08:00:00.000Z',
};

export const shipOrderRoute: Route<ShipBody, { id: string }> = {
  method: 'POST',
  path: '/orders/{id}/shipments',
  summary: 'Ship some or all lines of a confirmed order',
  access: 'staff',
  idempotent: true,
  ifMatch: 'optional',
  pathParameters: orderPath,
  body: Joi.object<ShipBody, true>({
    carrier: line(60),
    trackingNumber: line(60),
    lines: linesOf(Joi.object<WantedLine, true>({ productId: id(), quantity })),
  }),
  freeText: ({ carrier }) => ({ '/carrier': carrier }),
  bodyExample: { carrier: 'DHL', trackingNumber: 'JD014600003828', lines: EXAMPLE_ITEMS },
  answer: {
    status: 201,
    description: 'The shipment; ETag has the order’s version',
    schema: 'Shipment',
    example: shipmentExample,
  },
  errors: [...MOVING, ...BY_STAFF, 'PRODUCT_UNKNOWN', 'CARD_NUMBER_REFUSED'],
};

export const deliverShipmentRoute: Route<Record<string, never>, { id: string; shipmentId: string }> = {
  method: 'POST',
  path: '/orders/{id}/shipments/{shipmentId}/delivered',
  summary: 'A shipment has arrived',
  access: 'staff',
  idempotent: true,
  ifMatch: 'optional',
  pathParameters: Joi.object<{ id: string; shipmentId: string }, true>({ id: id(), shipmentId: id() }),
  body: Joi.object<Record<string, never>>({}),
  bodyExample: {},
  answer: {
    status: 200,
    description: 'The shipment; ETag has the order’s version',
    schema: 'Shipment',
    example: { ...shipmentExample, status: 'DELIVERED', deliveredAt: '2026-11-23T10:15:00.000Z' },
  },
  errors: [...MOVING, ...BY_STAFF],
};

const RETURN_ITEMS = [{ productId: 'prd_01JDEM00000000000000000001', quantity: 1, reason: 'Chipped rim' }];

const returnExample = {
  id: 'ret_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
  orderId: orderExample.id,
  status: 'REQUESTED',
  lines: RETURN_ITEMS,
  requestedAt: '2026-11-25T18:20:00.000Z',
};

export const requestReturnRoute: Route<{ lines: ReturnLine[] }, { id: string }> = {
  method: 'POST',
  path: '/orders/{id}/returns',
  summary: 'Announce what is sent back; it is refunded once it is received',
  access: 'customer',
  idempotent: true,
  pathParameters: orderPath,
  body: Joi.object<{ lines: ReturnLine[] }, true>({
    lines: linesOf(Joi.object<ReturnLine, true>({ productId: id(), quantity, reason: line(200) })),
  }),
  freeText: ({ lines }) =>
    Object.fromEntries(lines.map(({ reason }, index) => [`/lines/${index}/reason`, reason])),
  bodyExample: { lines: RETURN_ITEMS },
  answer: { status: 201, description: 'The return', schema: 'Return', example: returnExample },
  errors: [...MOVING, 'PRODUCT_UNKNOWN', 'CARD_NUMBER_REFUSED'],
};

const RECEIVED_ITEMS = [{ productId: 'prd_01JDEM00000000000000000001', quantity: 1, restock: true }];

export const receiveReturnRoute: Route<{ lines: ReceivedLine[] }, { id: string; returnId: string }> = {
  method: 'POST',
  path: '/orders/{id}/returns/{returnId}/received',
  summary:
    'What came back: accepted lines are refunded, and restocked where they can be sold again; quantity 0 refuses',
  access: 'staff',
  idempotent: true,
  ifMatch: 'optional',
  pathParameters: Joi.object<{ id: string; returnId: string }, true>({ id: id(), returnId: id() }),
  body: Joi.object<{ lines: ReceivedLine[] }, true>({
    lines: linesOf(
      Joi.object<ReceivedLine, true>({
        productId: id(),
        quantity: Joi.number().integer().min(0).max(999),
        restock: Joi.boolean(),
      }),
    ),
  }),
  bodyExample: { lines: RECEIVED_ITEMS },
  answer: {
    status: 200,
    description: 'The return: RECEIVED, and soon REFUNDED; REFUSED where nothing was accepted',
    schema: 'Return',
    example: {
      ...returnExample,
      status: 'RECEIVED',
      accepted: RECEIVED_ITEMS,
      amount: { amount: 1450, currency: 'EUR' },
      receivedAt: '2026-11-28T09:00:00.000Z',
    },
  },
  errors: [...MOVING, ...BY_STAFF, 'PRODUCT_UNKNOWN'],
};

export const fulfilmentRoutes = [
  shipOrderRoute,
  deliverShipmentRoute,
  requestReturnRoute,
  receiveReturnRoute,
] as const;

/** The version of the order after the change, for the next `If-Match`. */
export const versionTag = ({ version }: { version: number }): Reply['headers'] => ({ etag: `"${version}"` });

export const shipmentView = (shipment: Shipment) => ({
  id: shipment.id,
  orderId: shipment.orderId,
  status: shipment.status,
  carrier: shipment.carrier,
  trackingNumber: shipment.trackingNumber,
  lines: shipment.lines,
  shippedAt: shipment.shippedAt,
  deliveredAt: shipment.deliveredAt,
});

export const returnView = (one: OrderReturn) => ({
  id: one.id,
  orderId: one.orderId,
  status: one.status,
  lines: one.lines,
  accepted: one.receivedAt ? one.accepted : undefined,
  amount: one.receivedAt ? one.amount : undefined,
  requestedAt: one.requestedAt,
  receivedAt: one.receivedAt,
});
