import { dynamodb } from '../../../shared/aws/dynamodb';
import { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { DynamodbFulfilment } from '../adapters/dynamodb-fulfilment';
import { deliverShipmentRoute, shipmentView, versionTag } from '../api/fulfilment';
import { deliverShipment } from '../use-cases/deliver-shipment';

const env = environment({
  ORDERS_TABLE: text,
  ORDER_EVENTS_TABLE: text,
  FULFILMENT_TABLE: text,
  IDEMPOTENCY_TABLE: text,
  AUDIT_LOG_TABLE: text,
});

const replies = new IdempotencyTable(dynamodb, env.IDEMPOTENCY_TABLE);
const tables = {
  orders: env.ORDERS_TABLE,
  events: env.ORDER_EVENTS_TABLE,
  fulfilment: env.FULFILMENT_TABLE,
  audit: env.AUDIT_LOG_TABLE,
};

const ports = {
  replies,
  orders: new DynamodbFulfilment(dynamodb, tables, replies),
  clock: Date.now,
  answer: (one: Parameters<typeof shipmentView>[0], order: { version: number }) =>
    json(200, shipmentView(one), versionTag(order)),
};

export const handler = http(deliverShipmentRoute, ({ caller, path, body, idempotency, ifMatch }) => {
  annotate({ orderId: path.id });
  return deliverShipment(ports, {
    ...body,
    orderId: path.id,
    shipmentId: path.shipmentId,
    staffId: caller.id,
    correlationId: invocation().correlationId,
    request: idempotency,
    ifMatch,
  });
});
