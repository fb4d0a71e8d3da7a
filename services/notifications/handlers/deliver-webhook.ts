import { parkIn } from '../../../shared/aws/dead-letters';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { sqs } from '../../../shared/aws/sqs';
import { environment, optional, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { queue } from '../../../shared/lambda/queue';
import { allowedHostsOf } from '../adapters/allowed-hosts';
import { DynamoDbDeliveries } from '../adapters/dynamodb-deliveries';
import { DynamoDbEndpoints } from '../adapters/dynamodb-endpoints';
import { DynamoDbMessages } from '../adapters/dynamodb-messages';
import { emfTally as tally } from '../adapters/emf-tally';
import { HttpsPoster } from '../adapters/https-poster';
import { readAttempt, SqsAttempts } from '../adapters/sqs-attempts';
import { SqsOwners } from '../adapters/sqs-owners';
import { MAX_RECEIVES, SqsRedelivery } from '../adapters/sqs-redelivery';
import { SqsResults } from '../adapters/sqs-results';
import { attemptWebhook } from '../use-cases/attempt-webhook';

const env = environment({
  MESSAGES_TABLE: text,
  WEBHOOK_ENDPOINTS_TABLE: text,
  WEBHOOK_DELIVERIES_TABLE: text,
  WEBHOOKS_QUEUE: text,
  EMAIL_QUEUE: text,
  RESULTS_QUEUE: text,
  DEAD_LETTER_QUEUE: text,
  ALLOWED_HOSTS: optional,
});
const ports = {
  messages: new DynamoDbMessages(dynamodb, env.MESSAGES_TABLE),
  endpoints: new DynamoDbEndpoints(dynamodb, { endpoints: env.WEBHOOK_ENDPOINTS_TABLE }),
  deliveries: new DynamoDbDeliveries(dynamodb, { deliveries: env.WEBHOOK_DELIVERIES_TABLE }),
  attempts: new SqsAttempts(sqs, env.WEBHOOKS_QUEUE),
  poster: new HttpsPoster(allowedHostsOf(env.ALLOWED_HOSTS)),
  owners: new SqsOwners(sqs, env.EMAIL_QUEUE),
  results: new SqsResults(sqs, env.RESULTS_QUEUE),
  tally,
  clock: Date.now,
  random: Math.random,
};
const redeliveries = new SqsRedelivery(sqs, env.WEBHOOKS_QUEUE);

export const handler = queue(
  { parse: readAttempt, park: parkIn(env.DEAD_LETTER_QUEUE), maxReceives: MAX_RECEIVES },
  async (due, record) => {
    const done = await attemptWebhook({ ...ports, redelivery: redeliveries.of(record) }, due);
    const { endpointId, deliveryId, run, attempt } = due;
    invocation().log.info({ endpointId, deliveryId, run, attempt, ...done }, 'webhook');
  },
);
