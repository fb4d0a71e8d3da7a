import { secret } from '../../../shared/aws/cached-secrets';
import { cognito } from '../../../shared/aws/cognito';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { CognitoAccounts } from '../adapters/cognito-accounts';
import { DynamodbGuestOrders } from '../adapters/dynamodb-guest-orders';
import { HmacEmails } from '../adapters/hmac-emails';
import { joinGuestOrdersRoute } from '../api/guest';
import { joinGuestOrders } from '../use-cases/join-guest-orders';

const env = environment({
  ORDERS_TABLE: text,
  ORDER_EVENTS_TABLE: text,
  IDEMPOTENCY_TABLE: text,
  USER_POOL_ID: text,
  EMAIL_INDEX_SECRET: text,
});

const replies = new IdempotencyTable(dynamodb, env.IDEMPOTENCY_TABLE);
const tables = { orders: env.ORDERS_TABLE, events: env.ORDER_EVENTS_TABLE };

const ports = {
  replies,
  orders: new DynamodbGuestOrders(dynamodb, tables, replies),
  accounts: new CognitoAccounts(cognito, env.USER_POOL_ID),
  emails: new HmacEmails(secret, env.EMAIL_INDEX_SECRET),
  clock: Date.now,
  answer: (joined: { joined: number; more: boolean }) => json(200, joined),
};

export const handler = http(joinGuestOrdersRoute, ({ caller, idempotency }) =>
  joinGuestOrders(ports, {
    customerId: caller.id,
    correlationId: invocation().correlationId,
    request: idempotency,
  }),
);
