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
import { DynamoDbEndpoints } from '../adapters/dynamodb-endpoints';
import { DynamoDbMessages } from '../adapters/dynamodb-messages';
import { DynamoDbSuppressions } from '../adapters/dynamodb-suppressions';
import { emfTally as tally } from '../adapters/emf-tally';
import { LambdaContactBook } from '../adapters/lambda-contact-book';
import { LambdaRecipients } from '../adapters/lambda-recipients';
import { mustacheTemplates as templates } from '../adapters/mustache-templates';
import { ownerMail as ownerTemplates } from '../adapters/owner-mail';
import { SesMailer } from '../adapters/ses-mailer';
import { MAX_RECEIVES, SqsRedelivery } from '../adapters/sqs-redelivery';
import { SqsResults } from '../adapters/sqs-results';
import type { Outcome } from '../use-cases/deliver-message';
import { newsOf, readMailEvent } from '../use-cases/order-news';
import { sendOrderMail } from '../use-cases/send-order-mail';
import { tellOwner } from '../use-cases/tell-owner';

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
  WEBHOOK_ENDPOINTS_TABLE: text,
});
const ports = {
  messages: new DynamoDbMessages(dynamodb, env.MESSAGES_TABLE),
  suppressions: new DynamoDbSuppressions(dynamodb, env.SUPPRESSIONS_TABLE, {
    secret,
    name: env.SUPPRESSION_SECRET,
  }),
  contacts: new LambdaContactBook(lambda, env.CONTACT_FUNCTION),
  recipients: new LambdaRecipients(lambda, { read: env.RECIPIENT_FUNCTION }),
  endpoints: new DynamoDbEndpoints(dynamodb, { endpoints: env.WEBHOOK_ENDPOINTS_TABLE }),
  templates,
  ownerTemplates,
  mailer: new SesMailer(ses, env.MAIL_FROM, { configurationSet: env.CONFIGURATION_SET }),
  results: new SqsResults(sqs, env.RESULTS_QUEUE),
  tally,
  clock: Date.now,
};
const redeliveries = new SqsRedelivery(sqs, env.EMAIL_QUEUE);

export const handler = queue(
  { parse: eventMessage(readMailEvent), park: parkIn(env.DEAD_LETTER_QUEUE), maxReceives: MAX_RECEIVES },
  async (event, record) => {
    const redelivery = redeliveries.of(record);
    const send = (): Promise<Outcome> | undefined => {
      if (event.type === 'webhook-endpoint.disabled') return tellOwner({ ...ports, redelivery }, event);
      annotate({ orderId: event.subject, customerId: event.data.customerId });
      const news = newsOf(event);
      return news && sendOrderMail({ ...ports, redelivery }, news, event.correlationid);
    };
    const done = await send();
    invocation().log.info({ event: event.type, ...(done ?? { outcome: 'NOT_TOLD' }) }, 'mail');
    if (done?.outcome === 'REFUSED')
      throw new PermanentFault(`The provider refuses the mail: ${done.reason}`);
  },
);
