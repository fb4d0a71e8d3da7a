import { secret } from '../../../shared/aws/cached-secrets';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, integer, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { annotate } from '../../../shared/lambda/invocation';
import { TokenBucket } from '../../../shared/lambda/token-bucket';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { SecretGuestLinks } from '../adapters/secret-guest-links';
import { getGuestOrderRoute } from '../api/guest';
import { orderView } from '../api/views';
import { findGuestOrder } from '../use-cases/find-guest-order';

const env = environment({ ORDERS_TABLE: text, LINK_KEYS_SECRET: text, PUBLIC_CALLS_PER_SECOND: integer });

const ports = {
  orders: new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE }),
  links: new SecretGuestLinks(secret, env.LINK_KEYS_SECRET),
  clock: Date.now,
};

export const handler = http(
  getGuestOrderRoute,
  async ({ path, query }) => {
    annotate({ orderId: path.id });
    const order = await findGuestOrder(ports, { orderId: path.id, token: query.t });
    return isRefusal(order) ? order : json(200, orderView(order), { etag: `"${order.version}"` });
  },
  { bucket: new TokenBucket(env.PUBLIC_CALLS_PER_SECOND) },
);
