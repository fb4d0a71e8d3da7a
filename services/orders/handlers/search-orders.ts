import { secret } from '../../../shared/aws/cached-secrets';
import { cognito } from '../../../shared/aws/cognito';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { decodeCursor, encodeCursor } from '../../../shared/kernel/cursor';
import { isRefusal, refuse } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { CognitoAccounts } from '../adapters/cognito-accounts';
import { DynamodbOrderSearch } from '../adapters/dynamodb-order-search';
import { HmacEmails } from '../adapters/hmac-emails';
import { ORDER_POSITION } from '../api/parts';
import { searchOrdersRoute, staffOrderView } from '../api/staff';
import { searchOrders } from '../use-cases/search-orders';

const env = environment({
  ORDERS_TABLE: text,
  FULFILMENT_TABLE: text,
  USER_POOL_ID: text,
  EMAIL_INDEX_SECRET: text,
});

const ports = {
  orders: new DynamodbOrderSearch(dynamodb, { orders: env.ORDERS_TABLE, fulfilment: env.FULFILMENT_TABLE }),
  accounts: new CognitoAccounts(cognito, env.USER_POOL_ID),
  emails: new HmacEmails(secret, env.EMAIL_INDEX_SECRET),
  clock: Date.now,
};

const DEFAULT_LIMIT = 20;

export const handler = http(
  searchOrdersRoute,
  async ({ body: { cursor, limit = DEFAULT_LIMIT, ...filter } }) => {
    const before = cursor ? decodeCursor(cursor, filter, ORDER_POSITION) : undefined;
    if (cursor && !before) return refuse('CURSOR_INVALID', 'This cursor is not from a page of this search.');
    const page = await searchOrders(ports, { ...filter, limit, before });
    if (isRefusal(page)) return page;
    return json(200, {
      items: page.orders.map(staffOrderView),
      nextCursor: page.next && encodeCursor(page.next, filter),
    });
  },
);
