import { parkIn } from '../../../shared/aws/dead-letters';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { lambda } from '../../../shared/aws/lambda';
import { ses } from '../../../shared/aws/ses';
import { sqs } from '../../../shared/aws/sqs';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import { environment, text } from '../../../shared/lambda/environment';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { eventMessage, queue } from '../../../shared/lambda/queue';
import { DynamoDbMessages } from '../adapters/dynamodb-messages';
import { emfTally as tally } from '../adapters/emf-tally';
import { LambdaContactBook } from '../adapters/lambda-contact-book';
import { mustacheTemplates as templates } from '../adapters/mustache-templates';
import { SesMailer } from '../adapters/ses-mailer';
import { SqsRedelivery } from '../adapters/sqs-redelivery';
import { newsOf, readToldEvent } from '../use-cases/order-news';
import { sendOrderMail } from '../use-cases/send-order-mail';

const env = environment({
  MESSAGES_TABLE: text,
  EMAIL_QUEUE: text,
  DEAD_LETTER_QUEUE: text,
  MAIL_FROM: text,
  CONTACT_FUNCTION: text,
});
const messages = new DynamoDbMessages(dynamodb, env.MESSAGES_TABLE);
const contacts = new LambdaContactBook(lambda, env.CONTACT_FUNCTION);
const mailer = new SesMailer(ses, env.MAIL_FROM);
const redeliveries = new SqsRedelivery(sqs, env.EMAIL_QUEUE);
const ports = { messages, contacts, templates, mailer, tally, clock: Date.now };

export const handler = queue(
  { parse: eventMessage(readToldEvent), park: parkIn(env.DEAD_LETTER_QUEUE), maxReceives: 5 },
  async (event, record) => {
    annotate({ orderId: event.subject, customerId: event.data.customerId });
    const redelivery = redeliveries.of(record);
    const done = await sendOrderMail({ ...ports, redelivery }, newsOf(event), event.correlationid);
    invocation().log.info({ event: event.type, ...done }, 'mail');
    if (done.outcome === 'REFUSED') throw new PermanentFault(`The provider refuses the mail: ${done.reason}`);
  },
);
