import { dynamodb } from '../../../shared/aws/dynamodb';
import { lambda } from '../../../shared/aws/lambda';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, integer, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { annotate } from '../../../shared/lambda/invocation';
import { TokenBucket } from '../../../shared/lambda/token-bucket';
import { DynamodbLive } from '../adapters/dynamodb-live';
import { LambdaOrders } from '../adapters/lambda-orders';
import { createGuestTicketRoute } from '../api';
import { issueGuestTicket } from '../use-cases/issue-guest-ticket';

const env = environment({ LIVE_TABLE: text, SNAPSHOT_FUNCTION: text, PUBLIC_CALLS_PER_SECOND: integer });

const ports = {
  tickets: new DynamodbLive(dynamodb, env.LIVE_TABLE),
  orders: new LambdaOrders(lambda, env.SNAPSHOT_FUNCTION),
  clock: Date.now,
};

export const handler = http(
  createGuestTicketRoute,
  async ({ path, query }) => {
    annotate({ orderId: path.id });
    const issued = await issueGuestTicket(ports, { orderId: path.id, token: query.t });
    return isRefusal(issued) ? issued : json(201, issued);
  },
  { bucket: new TokenBucket(env.PUBLIC_CALLS_PER_SECOND) },
);
