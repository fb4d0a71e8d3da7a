import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type CloudEvent, makeEvent } from '../../events/envelope';
import { orderCancelled, orderRejected } from '../../events/order-events';
import { newId } from '../../shared/kernel/ids';
import { awsClient } from '../support/aws-client';
import { placeOrder, settled } from '../support/order';
import { mailAbout, outbox } from '../support/outbox';
import { demoUser } from '../support/sign-in';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

const PRODUCT = 'prd_01KA000005H0VSEESPRESS0000';
const shippingAddress = {
  name: 'Ada Lovelace',
  line1: '12 St James Square',
  city: 'London',
  postalCode: 'SW1Y 4JH',
  country: 'GB',
};

let orderId: string;

beforeAll(async () => {
  const placed = await placeOrder({
    items: [{ productId: PRODUCT, quantity: 1 }],
    more: { shippingAddress },
  });
  orderId = placed.body.id;
  expect(await settled(orderId)).toMatchObject({ status: 'CONFIRMED' });
});

const total = { amount: 1190, currency: 'EUR' };
const data = {
  customerId: 'somebody',
  attempt: 1,
  version: 9,
  items: [{ productId: PRODUCT, name: 'House Espresso, 250 g', quantity: 1, unitPrice: total }],
  total,
};
const facts = () => ({
  subject: orderId,
  at: Date.now(),
  correlationId: newId('cor'),
  actor: 'system' as const,
});

/** What the function logged under a correlation id. */
async function logged(correlationId: string): Promise<Record<string, unknown>[]> {
  const logs = await awsClient(CloudWatchLogsClient);
  const { events = [] } = await logs.send(
    new FilterLogEventsCommand({ logGroupName: `/aws/lambda/orderly-${(await stack()).stage}-sendEmail` }),
  );
  return events
    .map(({ message = '' }) => message)
    .filter((message) => message.includes(correlationId) && message.startsWith('{'))
    .map((message) => JSON.parse(message));
}

const outcomes = async (correlationId: string) =>
  (await logged(correlationId)).flatMap(({ message, outcome }) => (message === 'mail' ? [outcome] : []));

async function publish(event: CloudEvent): Promise<void> {
  const sns = await awsClient(SNSClient);
  await sns.send(
    new PublishCommand({
      TopicArn: (await stack()).outputs.OrderEventsTopicArn,
      Message: JSON.stringify(event),
      MessageAttributes: { type: { DataType: 'String', StringValue: event.type } },
    }),
  );
}

async function queueUrl(name: string): Promise<string> {
  const sqs = await awsClient(SQSClient);
  const { QueueUrl } = await sqs.send(
    new GetQueueUrlCommand({ QueueName: `orderly-${(await stack()).stage}-${name}` }),
  );
  return QueueUrl as string;
}

/** The parked message that mentions the text; taken off the queue. */
async function parked(mentioning: string): Promise<Message | undefined> {
  const sqs = await awsClient(SQSClient);
  const QueueUrl = await queueUrl('email-dlq');
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
      MessageAttributeNames: ['All'],
    }),
  );
  const found = Messages.find(({ Body = '' }) => Body.includes(mentioning));
  if (found) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: found.ReceiptHandle }));
  return found;
}

test('a confirmed order has exactly one confirmation in the outbox, to its customer, with its address', async () => {
  const mail = await mailAbout(orderId);
  expect(mail).toMatchObject({
    Subject: 'Your order is confirmed',
    Source: 'orders@example.com',
    To: [(await demoUser('customer')).email],
  });
  for (const part of [mail.BodyText, mail.BodyHtml]) {
    for (const shown of [orderId, 'House Espresso', '€11.90', shippingAddress.line1, 'United Kingdom']) {
      expect(part).toContain(shown);
    }
  }
  const confirmations = (await outbox(orderId)).filter(({ Subject }) => Subject === mail.Subject);
  expect(confirmations).toHaveLength(1);
});

test('an event published again after its mail was sent makes no second one', async () => {
  const event = makeEvent(orderCancelled, { ...facts(), data });
  await publish(event);
  await waitFor(async () => (await outcomes(event.correlationid)).includes('SENT'), {
    what: 'the first mail',
  });
  await publish(event);
  await waitFor(async () => (await outcomes(event.correlationid)).includes('ALREADY_SETTLED'), {
    what: 'the second message to be handled',
  });
  const mails = (await outbox(orderId)).filter(({ Subject }) => Subject === 'Your order is cancelled');
  expect(mails).toHaveLength(1);
});

test('an event published five times at once makes one mail', async () => {
  const event = makeEvent(orderRejected, {
    ...facts(),
    data: { ...data, reason: 'OUT_OF_STOCK', paymentStatus: 'VOIDED', steps: [] },
  });
  await Promise.all(Array.from({ length: 5 }, () => publish(event)));
  const handled = async () => {
    const lines = await logged(event.correlationid);
    return lines.filter(({ message }) => message === 'mail' || message === 'message will be received again');
  };
  await waitFor(async () => (await handled()).length >= 5, { what: 'all five messages to be received' });
  const mails = (await outbox(orderId)).filter(({ BodyText }) =>
    BodyText.includes('You have not been charged'),
  );
  expect(mails).toHaveLength(1);
});

test('a poison message is parked with its reason while its good neighbour is sent', async () => {
  const good = makeEvent(orderRejected, {
    ...facts(),
    data: { ...data, reason: 'PAYMENT_DECLINED', paymentStatus: 'DECLINED', steps: [] },
  });
  const poison = { ...good, id: newId('evt'), correlationid: newId('cor'), data: { ...data, total: 'ten' } };
  const sqs = await awsClient(SQSClient);
  await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: await queueUrl('email'),
      Entries: [poison, good].map((event, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(event),
      })),
    }),
  );
  const dead = await waitFor(() => parked(poison.id), { what: 'the poison message to be parked' });
  expect(dead.MessageAttributes?.reason?.StringValue).toContain('data.total');
  await waitFor(
    async () => (await outbox(orderId)).some(({ BodyText }) => BodyText.includes('declined the payment')),
    { what: 'the mail of the good neighbour' },
  );
});

test('neither the table nor the logs know whom the mail went to', async () => {
  const event = makeEvent(orderCancelled, { ...facts(), data });
  await publish(event);
  const lines = await waitFor(
    async () => {
      const found = await logged(event.correlationid);
      return found.some(({ message }) => message === 'mail') && found;
    },
    { what: 'the mail to be logged' },
  );
  const dynamodb = await awsClient(DynamoDBClient);
  const { Item } = await dynamodb.send(
    new GetItemCommand({
      TableName: (await stack()).outputs.MessagesTableName,
      Key: { id: { S: `${event.id}#email` } },
      ConsistentRead: true,
    }),
  );
  expect(Item).toMatchObject({ status: { S: 'SENT' }, orderId: { S: orderId } });
  const { email } = await demoUser('customer');
  for (const kept of [JSON.stringify(lines), JSON.stringify(Item)]) {
    expect(kept).not.toContain(email);
    expect(kept).not.toMatch(/lovelace|st james/i);
  }
});
