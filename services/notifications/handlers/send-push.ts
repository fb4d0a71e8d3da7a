import { parkIn } from '../../../shared/aws/dead-letters';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { lambda } from '../../../shared/aws/lambda';
import { snsOnce } from '../../../shared/aws/sns-once';
import { sqs } from '../../../shared/aws/sqs';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import { environment, optional, text } from '../../../shared/lambda/environment';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { eventMessage, queue } from '../../../shared/lambda/queue';
import { DynamoDbMessages } from '../adapters/dynamodb-messages';
import { emfTally as tally } from '../adapters/emf-tally';
import { LambdaRecipients } from '../adapters/lambda-recipients';
import { mustacheNotes as templates } from '../adapters/mustache-notes';
import { SnsPusher } from '../adapters/sns-pusher';
import { MAX_RECEIVES, SqsRedelivery } from '../adapters/sqs-redelivery';
import { SqsResults } from '../adapters/sqs-results';
import { newsOf, readToldEvent } from '../use-cases/order-news';
import { sendOrderPush } from '../use-cases/send-order-push';

const env = environment({
  MESSAGES_TABLE: text,
  PUSH_QUEUE: text,
  RESULTS_QUEUE: text,
  DEAD_LETTER_QUEUE: text,
  RECIPIENT_FUNCTION: optional,
  FORGET_DEVICE_FUNCTION: optional,
  APNS_APPLICATION: optional,
  FCM_APPLICATION: optional,
});
const accounts = new LambdaRecipients(lambda, {
  read: env.RECIPIENT_FUNCTION,
  forget: env.FORGET_DEVICE_FUNCTION,
});
const ports = {
  messages: new DynamoDbMessages(dynamodb, env.MESSAGES_TABLE),
  recipients: accounts,
  devices: accounts,
  templates,
  pusher: new SnsPusher(snsOnce, { apns: env.APNS_APPLICATION, fcm: env.FCM_APPLICATION }),
  results: new SqsResults(sqs, env.RESULTS_QUEUE),
  tally,
  clock: Date.now,
};
const redeliveries = new SqsRedelivery(sqs, env.PUSH_QUEUE);

export const handler = queue(
  { parse: eventMessage(readToldEvent), park: parkIn(env.DEAD_LETTER_QUEUE), maxReceives: MAX_RECEIVES },
  async (event, record) => {
    annotate({ orderId: event.subject, customerId: event.data.customerId });
    const news = newsOf(event);
    if (!news) return invocation().log.info({ event: event.type }, 'not told');
    const redelivery = redeliveries.of(record);
    const done = await sendOrderPush({ ...ports, redelivery }, news, event.correlationid);
    invocation().log.info({ event: event.type, outcomes: done.map(({ outcome }) => outcome) }, 'push');
    const refused = done.find((one) => one.outcome === 'REFUSED');
    if (refused) throw new PermanentFault(`The provider refuses the push: ${refused.reason}`);
  },
);
