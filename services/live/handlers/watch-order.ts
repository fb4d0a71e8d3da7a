import { connectionsAt } from '../../../shared/aws/connections';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { lambda } from '../../../shared/aws/lambda';
import { environment, text } from '../../../shared/lambda/environment';
import { annotate } from '../../../shared/lambda/invocation';
import { message, socket } from '../../../shared/lambda/socket';
import { ApiGatewayPages } from '../adapters/apigateway-pages';
import { DynamodbLive } from '../adapters/dynamodb-live';
import { LambdaOrders } from '../adapters/lambda-orders';
import { MAX_FRAME_BYTES, watchFrame } from '../api';
import { watchOrder } from '../use-cases/watch-order';

const env = environment({ LIVE_TABLE: text, SNAPSHOT_FUNCTION: text, CONNECTIONS_URL: text });

const pages = new ApiGatewayPages(connectionsAt(env.CONNECTIONS_URL));
const ports = {
  connections: new DynamodbLive(dynamodb, env.LIVE_TABLE),
  orders: new LambdaOrders(lambda, env.SNAPSHOT_FUNCTION),
  pages,
  clock: Date.now,
};

export const handler = socket(
  message(watchFrame, MAX_FRAME_BYTES, (connectionId, frame) => pages.send(connectionId, frame)),
  ({ connectionId, orderId }) => {
    annotate({ orderId });
    return watchOrder(ports, { connectionId, orderId });
  },
);
