import { dynamodb } from '../../../shared/aws/dynamodb';
import { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { environment, integer, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { DynamodbFulfilment } from '../adapters/dynamodb-fulfilment';
import { requestReturnRoute, returnView, versionTag } from '../api/fulfilment';
import { requestReturn } from '../use-cases/request-return';

const env = environment({
  ORDERS_TABLE: text,
  ORDER_EVENTS_TABLE: text,
  FULFILMENT_TABLE: text,
  IDEMPOTENCY_TABLE: text,
  RETURN_WINDOW_DAYS: integer,
});

const replies = new IdempotencyTable(dynamodb, env.IDEMPOTENCY_TABLE);
const tables = {
  orders: env.ORDERS_TABLE,
  events: env.ORDER_EVENTS_TABLE,
  fulfilment: env.FULFILMENT_TABLE,
};

const ports = {
  replies,
  orders: new DynamodbFulfilment(dynamodb, tables, replies),
  clock: Date.now,
  windowDays: env.RETURN_WINDOW_DAYS,
  answer: (one: Parameters<typeof returnView>[0], order: { version: number }) =>
    json(201, returnView(one), versionTag(order)),
};

export const handler = http(requestReturnRoute, ({ caller, path, body, idempotency }) => {
  annotate({ orderId: path.id });
  return requestReturn(ports, {
    ...body,
    orderId: path.id,
    customerId: caller.id,
    correlationId: invocation().correlationId,
    request: idempotency,
  });
});
