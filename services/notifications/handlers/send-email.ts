import { secret } from '../../../shared/aws/cached-secrets';
import { parkIn } from '../../../shared/aws/dead-letters';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { lambda } from '../../../shared/aws/lambda';
import { ses } from '../../../shared/aws/ses';
import { sqs } from '../../../shared/aws/sqs';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import { environment, optional, text } from '../../../shared/lambda/environment';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { eventMessage, queue } from '../../../shared/lambda/queue';
import { DynamoDbMessages } from '../adapters/dynamodb-messages';
import { DynamoDbSuppressions } from '../adapters/dynamodb-suppressions';
import { emfTally as tally } from '../adapters/emf-tally';
import { LambdaContactBook } from '../adapters/lambda-contact-book';
import { LambdaRecipients } from '../adapters/lambda-recipients';
import { mustacheTemplates as templates } from '../adapters/mustache-templates';
import { SesMailer } from '../adapters/ses-mailer';
import { MAX_RECEIVES, SqsRedelivery } from '../adapters/sqs-redelivery';
import { SqsResults } from '../adapters/sqs-results';
import { newsOf, readToldEvent } from '../use-cases/order-news';
import { sendOrderMail } from '../use-cases/send-order-mail';

const env = environment({
  MESSAGES_TABLE: text,
  SUPPRESSIONS_TABLE: text,
  SUPPRESSION_SECRET: text,
  EMAIL_QUEUE: text,
  RESULTS_QUEUE: text,
  DEAD_LETTER_QUEUE: text,
  MAIL_FROM: text,
  CONFIGURATION_SET: text,
  CONTACT_FUNCTION: text,
  RECIPIENT_FUNCTION: optional,
});
const ports = {
  messages: new DynamoDbMessages(dynamodb, env.MESSAGES_TABLE),
  suppressions: new DynamoDbSuppressions(dynamodb, env.SUPPRESSIONS_TABLE, {
    secret,
    name: env.SUPPRESSION_SECRET,
  }),
  contacts: new LambdaContactBook(lambda, env.CONTACT_FUNCTION),
  recipients: new LambdaRecipients(lambda, { read: env.RECIPIENT_FUNCTION }),
  templates,
  mailer: new SesMailer(ses, env.MAIL_FROM, { configurationSet: env.CONFIGURATION_SET }),
  results: new SqsResults(sqs, env.RESULTS_QUEUE),
  tally,
  clock: Date.now,
};
const redeliveries = new SqsRedelivery(sqs, env.EMAIL_QUEUE);

export const handler = queue(
  { parse: eventMessage(readToldEvent), park: parkIn(env.DEAD_LETTER_QUEUE), maxReceives: MAX_RECEIVES },
  async (event, record) => {
    annotate({ orderId: event.subject, customerId: event.data.customerId });
    const news = newsOf(event);
    if (!news) return invocation().log.info({ event: event.type }, 'not told');
    const redelivery = redeliveries.of(record);
    const done = await sendOrderMail({ ...ports, redelivery }, news, event.correlationid);
    invocation().log.info({ event: event.type, ...done }, 'mail');
    if (done.outcome === 'REFUSED') throw new PermanentFault(`The provider refuses the mail: ${done.reason}`);
  },
);
