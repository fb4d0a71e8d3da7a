import { readEvent } from '../../../events/envelope';
import { orderEvents } from '../../../events/order-events';
import { parkIn } from '../../../shared/aws/dead-letters';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { sqs } from '../../../shared/aws/sqs';
import { environment, text } from '../../../shared/lambda/environment';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { eventMessage, queue } from '../../../shared/lambda/queue';
import { DynamoDbDeliveries } from '../adapters/dynamodb-deliveries';
import { DynamoDbEndpoints } from '../adapters/dynamodb-endpoints';
import { SqsAttempts } from '../adapters/sqs-attempts';
import { MAX_RECEIVES } from '../adapters/sqs-redelivery';
import { planWebhooks } from '../use-cases/plan-webhooks';

const env = environment({
  WEBHOOK_ENDPOINTS_TABLE: text,
  WEBHOOK_DELIVERIES_TABLE: text,
  WEBHOOKS_QUEUE: text,
  DEAD_LETTER_QUEUE: text,
});
const table = new DynamoDbEndpoints(dynamodb, { endpoints: env.WEBHOOK_ENDPOINTS_TABLE });
const ports = {
  endpoints: { all: () => table.recent() },
  deliveries: new DynamoDbDeliveries(dynamodb, { deliveries: env.WEBHOOK_DELIVERIES_TABLE }),
  attempts: new SqsAttempts(sqs, env.WEBHOOKS_QUEUE),
  clock: Date.now,
};

const parse = eventMessage((event: unknown) => readEvent<(typeof orderEvents)[number]>(orderEvents, event));

export const handler = queue(
  { parse, park: parkIn(env.DEAD_LETTER_QUEUE), maxReceives: MAX_RECEIVES },
  async (event) => {
    annotate({ orderId: event.subject });
    const planned = await planWebhooks(ports, event);
    if (planned > 0) invocation().log.info({ event: event.type, planned }, 'webhooks planned');
  },
);
