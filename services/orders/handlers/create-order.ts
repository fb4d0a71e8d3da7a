import { dynamodb } from '../../../shared/aws/dynamodb';
import { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, integer, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { DynamodbNewOrders } from '../adapters/dynamodb-new-orders';
import { DynamodbPriceList } from '../adapters/dynamodb-price-list';
import { placeOrderRoute } from '../api/orders';
import { type Order, orderView, quoteView } from '../api/views';
import { placeOrder } from '../use-cases/place-order';

const env = environment({
  ORDERS_TABLE: text,
  ORDER_EVENTS_TABLE: text,
  IDEMPOTENCY_TABLE: text,
  PRICES_TABLE: text,
  ORDERS_PER_MINUTE: integer,
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
  clock: Date.now,
  answer: (order: Order) => json(202, orderView(order), { location: `/orders/${order.id}` }),
  quoteView,
};

export const handler = http(placeOrderRoute, async ({ caller, idempotency, body: { payment, ...body } }) => {
  const reply = await placeOrder(ports, {
    ...body,
    customerId: caller.id,
    caller: caller.id,
    correlationId: invocation().correlationId,
    request: idempotency,
    paymentToken: payment.token,
  });
  if (!isRefusal(reply)) annotate({ orderId: reply.headers.location?.split('/').at(-1) });
  return reply;
});
