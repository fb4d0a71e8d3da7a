import { dynamodb } from '../../../shared/aws/dynamodb';
import { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { resumeOrderRoute } from '../api/operating';
import { type Order, orderView } from '../api/views';
import { resumeOrder } from '../use-cases/operate-order';

const env = environment({
  ORDERS_TABLE: text,
  ORDER_EVENTS_TABLE: text,
  IDEMPOTENCY_TABLE: text,
  AUDIT_LOG_TABLE: text,
});

const replies = new IdempotencyTable(dynamodb, env.IDEMPOTENCY_TABLE);
const tables = {
  orders: env.ORDERS_TABLE,
  events: env.ORDER_EVENTS_TABLE,
  audit: env.AUDIT_LOG_TABLE,
};

const ports = {
  replies,
  orders: new DynamodbOrders(dynamodb, tables, replies),
  clock: Date.now,
  answer: (order: Order) => json(202, orderView(order)),
};

export const handler = http(resumeOrderRoute, ({ caller, path, idempotency, ifMatch }) => {
  annotate({ orderId: path.id });
  return resumeOrder(ports, {
    orderId: path.id,
    staffId: caller.id,
    ifMatch,
    correlationId: invocation().correlationId,
    request: idempotency,
  });
});
