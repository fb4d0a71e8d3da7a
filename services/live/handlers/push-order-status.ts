import { readEvent } from '../../../events/envelope';
import { orderEvents } from '../../../events/order-events';
import { connectionsAt } from '../../../shared/aws/connections';
import { parkIn } from '../../../shared/aws/dead-letters';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { lambda } from '../../../shared/aws/lambda';
import { environment, text } from '../../../shared/lambda/environment';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { eventMessage, queue } from '../../../shared/lambda/queue';
import { ApiGatewayPages } from '../adapters/apigateway-pages';
import { DynamodbLive } from '../adapters/dynamodb-live';
import { LambdaOrders } from '../adapters/lambda-orders';
import { pushOrderStatus } from '../use-cases/push-order-status';

const env = environment({
  LIVE_TABLE: text,
  SNAPSHOT_FUNCTION: text,
  CONNECTIONS_URL: text,
  DEAD_LETTER_QUEUE: text,
});

const ports = {
  connections: new DynamodbLive(dynamodb, env.LIVE_TABLE),
  orders: new LambdaOrders(lambda, env.SNAPSHOT_FUNCTION),
  pages: new ApiGatewayPages(connectionsAt(env.CONNECTIONS_URL)),
  clock: Date.now,
};

/** As the queue's RedrivePolicy says. */
const MAX_RECEIVES = 5;

export const handler = queue(
  {
    parse: eventMessage((event) => readEvent(orderEvents, event)),
    park: parkIn(env.DEAD_LETTER_QUEUE),
    maxReceives: MAX_RECEIVES,
  },
  async ({ subject, type, data: { customerId } }) => {
    annotate({ orderId: subject, customerId });
    const pushed = await pushOrderStatus(ports, { orderId: subject, customerId });
    invocation().log.info({ event: type, ...pushed }, 'live');
  },
);
