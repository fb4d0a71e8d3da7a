import { secret } from '../../../shared/aws/cached-secrets';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, integer, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { TokenBucket } from '../../../shared/lambda/token-bucket';
import { DynamodbNewOrders } from '../adapters/dynamodb-new-orders';
import { DynamodbPriceList } from '../adapters/dynamodb-price-list';
import { HmacEmails } from '../adapters/hmac-emails';
import { placeGuestOrderRoute } from '../api/guest';
import { type Order, orderView, quoteView } from '../api/views';
import { placeGuestOrder } from '../use-cases/place-guest-order';

const env = environment({
  ORDERS_TABLE: text,
  ORDER_EVENTS_TABLE: text,
  IDEMPOTENCY_TABLE: text,
  PRICES_TABLE: text,
  ORDERS_PER_MINUTE: integer,
  EMAIL_INDEX_SECRET: text,
  PUBLIC_CALLS_PER_SECOND: integer,
});

const replies = new IdempotencyTable(dynamodb, env.IDEMPOTENCY_TABLE);
const tables = {
  orders: env.ORDERS_TABLE,
  events: env.ORDER_EVENTS_TABLE,
  idempotency: env.IDEMPOTENCY_TABLE,
};

const ports = {
  replies,
  orders: new DynamodbNewOrders(dynamodb, tables, replies, env.ORDERS_PER_MINUTE),
  prices: new DynamodbPriceList(dynamodb, env.PRICES_TABLE),
  emails: new HmacEmails(secret, env.EMAIL_INDEX_SECRET),
  clock: Date.now,
  answer: (order: Order) => json(202, orderView(order), { location: `/guest/orders/${order.id}` }),
  quoteView,
};

export const handler = http(
  placeGuestOrderRoute,
  async ({ idempotency, body: { payment, ...body } }) => {
    const reply = await placeGuestOrder(ports, {
      ...body,
      correlationId: invocation().correlationId,
      request: idempotency,
      paymentToken: payment.token,
    });
    if (!isRefusal(reply)) annotate({ orderId: reply.headers.location?.split('/').at(-1) });
    return reply;
  },
  { bucket: new TokenBucket(env.PUBLIC_CALLS_PER_SECOND) },
);
