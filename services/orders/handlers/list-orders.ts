import { dynamodb } from '../../../shared/aws/dynamodb';
import { decodeCursor, encodeCursor } from '../../../shared/kernel/cursor';
import { refuse } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { listOrdersRoute } from '../api/orders';
import { ORDER_POSITION } from '../api/parts';
import { orderView } from '../api/views';
import { listOrders } from '../use-cases/list-orders';

const env = environment({ ORDERS_TABLE: text });

const orders = new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE });

const DEFAULT_LIMIT = 20;

export const handler = http(listOrdersRoute, async ({ caller, query: { limit = DEFAULT_LIMIT, cursor } }) => {
  const filter = { customerId: caller.id };
  const before = cursor ? decodeCursor(cursor, filter, ORDER_POSITION) : undefined;
  if (cursor && !before) return refuse('CURSOR_INVALID', 'This cursor is not from a page of this list.');
  const page = await listOrders({ orders }, { customerId: caller.id, limit, before });
  return json(200, {
    items: page.orders.map(orderView),
    nextCursor: page.next && encodeCursor(page.next, filter),
  });
});
