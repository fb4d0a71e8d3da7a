import { dynamodb } from '../../../shared/aws/dynamodb';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { annotate } from '../../../shared/lambda/invocation';
import { DynamodbOrderHistory } from '../adapters/dynamodb-order-history';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { getOrderHistoryRoute } from '../api/orders';
import { historyView } from '../api/views';
import { readOrderHistory } from '../use-cases/read-order-history';

const env = environment({ ORDERS_TABLE: text, ORDER_EVENTS_TABLE: text });

const ports = {
  orders: new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE }),
  history: new DynamodbOrderHistory(dynamodb, env.ORDER_EVENTS_TABLE),
};

export const handler = http(getOrderHistoryRoute, async ({ caller, path }) => {
  annotate({ orderId: path.id });
  const events = await readOrderHistory(ports, { orderId: path.id, customerId: caller.id });
  return isRefusal(events) ? events : json(200, historyView(events));
});
