import { secret } from '../../../shared/aws/cached-secrets';
import { parkIn } from '../../../shared/aws/dead-letters';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { ses } from '../../../shared/aws/ses';
import { sqs } from '../../../shared/aws/sqs';
import { environment, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { queue } from '../../../shared/lambda/queue';
import { DynamoDbMessages } from '../adapters/dynamodb-messages';
import { DynamoDbSuppressions } from '../adapters/dynamodb-suppressions';
import { readFeedback, withoutAddresses } from '../adapters/ses-feedback';
import { SesSuppressions } from '../adapters/ses-suppressions';
import { MAX_RECEIVES, SqsRedelivery } from '../adapters/sqs-redelivery';
import { SqsResults } from '../adapters/sqs-results';
import { recordFeedback } from '../use-cases/record-feedback';

const env = environment({
  MESSAGES_TABLE: text,
  SUPPRESSIONS_TABLE: text,
  SUPPRESSION_SECRET: text,
  SES_SUPPRESSION_LIST: text,
  FEEDBACK_QUEUE: text,
  RESULTS_QUEUE: text,
  DEAD_LETTER_QUEUE: text,
});
const suppressions = new DynamoDbSuppressions(dynamodb, env.SUPPRESSIONS_TABLE, {
  secret,
  name: env.SUPPRESSION_SECRET,
});
const ports = {
  suppressions,
  providerList: new SesSuppressions(ses, env.SES_SUPPRESSION_LIST === 'true'),
  messages: new DynamoDbMessages(dynamodb, env.MESSAGES_TABLE),
  results: new SqsResults(sqs, env.RESULTS_QUEUE),
  clock: Date.now,
};
const redeliveries = new SqsRedelivery(sqs, env.FEEDBACK_QUEUE);
const park = parkIn(env.DEAD_LETTER_QUEUE);
const keyOf = (email: string) => suppressions.keyOf(email);

export const handler = queue(
  {
    parse: readFeedback,
    park: async (dead) => park({ ...dead, body: await withoutAddresses(dead.body, keyOf) }),
    maxReceives: MAX_RECEIVES,
  },
  async (feedback, record) => {
    const redelivery = redeliveries.of(record);
    const done = await recordFeedback({ ...ports, redelivery }, feedback, invocation().correlationId);
    invocation().log.info({ outcome: feedback.outcome, reason: feedback.reason, done }, 'feedback');
  },
);
