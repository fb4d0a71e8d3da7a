import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, integer, text } from '../../../shared/lambda/environment';
import { evenly } from '../../../shared/lambda/even-time';
import { http, json } from '../../../shared/lambda/http';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { TokenBucket } from '../../../shared/lambda/token-bucket';
import { DynamodbGuestOrders } from '../adapters/dynamodb-guest-orders';
import { type LinkRequest, requestGuestLinkRoute } from '../api/guest';
import { requestGuestLink } from '../use-cases/request-guest-link';

const env = environment({
  ORDERS_TABLE: text,
  ORDER_EVENTS_TABLE: text,
  IDEMPOTENCY_TABLE: text,
  PUBLIC_CALLS_PER_SECOND: integer,
});

const ports = {
  orders: new DynamodbGuestOrders(dynamodb, {
    orders: env.ORDERS_TABLE,
    events: env.ORDER_EVENTS_TABLE,
    idempotency: env.IDEMPOTENCY_TABLE,
  }),
  clock: Date.now,
};

/** A fault may come of an order that is there, so it too is told to the log alone. */
async function request(body: LinkRequest): Promise<void> {
  const { correlationId, log } = invocation();
  try {
    const outcome = await requestGuestLink(ports, { ...body, correlationId });
    log.info({ outcome }, 'link');
  } catch (error) {
    log.error({ err: error }, 'a link could not be requested');
  }
}

export const handler = http(
  requestGuestLinkRoute,
  async ({ body }) => {
    annotate({ orderId: body.orderId });
    await evenly(() => request(body));
    return json(202, {});
  },
  { bucket: new TokenBucket(env.PUBLIC_CALLS_PER_SECOND) },
);
