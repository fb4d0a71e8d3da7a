import { dynamodb } from '../../../shared/aws/dynamodb';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { annotate } from '../../../shared/lambda/invocation';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { getOrderRoute } from '../api/orders';
import { orderView } from '../api/views';
import { findOrder } from '../use-cases/find-order';

const env = environment({ ORDERS_TABLE: text });

const orders = new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE });

export const handler = http(getOrderRoute, async ({ caller, path }) => {
  annotate({ orderId: path.id });
  const order = await findOrder({ orders }, { orderId: path.id, customerId: caller.id });
  return isRefusal(order) ? order : json(200, orderView(order), { etag: `"${order.version}"` });
});
