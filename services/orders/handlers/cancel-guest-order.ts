import { secret } from '../../../shared/aws/cached-secrets';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { environment, integer, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { TokenBucket } from '../../../shared/lambda/token-bucket';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { SecretGuestLinks } from '../adapters/secret-guest-links';
import { cancelGuestOrderRoute } from '../api/guest';
import { type Order, orderView } from '../api/views';
import { cancelGuestOrder } from '../use-cases/cancel-guest-order';

const env = environment({
  ORDERS_TABLE: text,
  ORDER_EVENTS_TABLE: text,
  IDEMPOTENCY_TABLE: text,
  LINK_KEYS_SECRET: text,
  PUBLIC_CALLS_PER_SECOND: integer,
});

const replies = new IdempotencyTable(dynamodb, env.IDEMPOTENCY_TABLE);

const ports = {
  replies,
  orders: new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE, events: env.ORDER_EVENTS_TABLE }, replies),
  links: new SecretGuestLinks(secret, env.LINK_KEYS_SECRET),
  clock: Date.now,
  answer: (order: Order) => json(202, orderView(order)),
};

export const handler = http(
  cancelGuestOrderRoute,
  ({ path, query, body, idempotency }) => {
    annotate({ orderId: path.id });
    return cancelGuestOrder(ports, {
      orderId: path.id,
      token: query.t,
      correlationId: invocation().correlationId,
      request: idempotency,
      reason: body.reason,
    });
  },
  { bucket: new TokenBucket(env.PUBLIC_CALLS_PER_SECOND) },
);
