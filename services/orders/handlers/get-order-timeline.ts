import { dynamodb } from '../../../shared/aws/dynamodb';
import { decodeCursor, encodeCursor } from '../../../shared/kernel/cursor';
import { isRefusal, refuse } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { annotate } from '../../../shared/lambda/invocation';
import { DynamodbOrderHistory } from '../adapters/dynamodb-order-history';
import { DynamodbOrderMessages } from '../adapters/dynamodb-order-messages';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { getOrderTimelineRoute } from '../api/staff';
import { readOrderTimeline } from '../use-cases/read-order-timeline';

const env = environment({ ORDERS_TABLE: text, ORDER_EVENTS_TABLE: text, ORDER_MESSAGES_TABLE: text });

const ports = {
  orders: new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE }),
  history: new DynamodbOrderHistory(dynamodb, env.ORDER_EVENTS_TABLE),
  messages: new DynamodbOrderMessages(dynamodb, env.ORDER_MESSAGES_TABLE),
};

const DEFAULT_LIMIT = 50;

/** `<version>@<time>` */
const POSITION = /^(\d{1,9})@(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z)$/;

export const handler = http(
  getOrderTimelineRoute,
  async ({ path: { id }, query: { limit = DEFAULT_LIMIT, cursor } }) => {
    annotate({ orderId: id });
    const position = cursor === undefined ? undefined : decodeCursor(cursor, { id }, POSITION);
    if (cursor && !position)
      return refuse('CURSOR_INVALID', 'This cursor is not from a page of this timeline.');
    const [, version, at = ''] = POSITION.exec(position ?? '') ?? [];
    const after = version ? { version: Number(version), at } : undefined;
    const page = await readOrderTimeline(ports, { orderId: id, limit, after });
    if (isRefusal(page)) return page;
    const { items, next } = page;
    return json(200, { items, nextCursor: next && encodeCursor(`${next.version}@${next.at}`, { id }) });
  },
);
