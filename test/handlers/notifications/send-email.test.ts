import { createHash } from 'node:crypto';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import sample from '../../../events/samples/notifications/sendEmail.sqs.json';
import { MINUTE } from '../../../shared/kernel/time';
import { TinyAws } from './aws';

const aws = new TinyAws();
const context = { awsRequestId: 'req-1', getRemainingTimeInMillis: () => 30_000 } as Context;
const [record] = (sample as unknown as SQSEvent).Records as [SQSRecord];
const event = JSON.parse(record.body);

let handler: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: await aws.start(),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    LOG_LEVEL: 'silent',
    MESSAGES_TABLE: 'messages',
    EMAIL_QUEUE: 'email',
    DEAD_LETTER_QUEUE: 'email-dlq',
    RESULTS_QUEUE: 'message-results',
    SUPPRESSIONS_TABLE: 'email-suppressions',
    SUPPRESSION_SECRET: 'suppression-key',
    WEBHOOK_ENDPOINTS_TABLE: 'webhook-endpoints',
    CONFIGURATION_SET: 'orderly-test',
    RECIPIENT_FUNCTION: 'readRecipient',
    MAIL_FROM: 'orders@example.com',
    CONTACT_FUNCTION: 'readOrderContact',
  });
  ({ handler } = await import('../../../services/notifications/handlers/send-email'));
});

afterAll(() => aws.stop());

const RECIPIENT = 'functions/readRecipient/invocations';
const CONTACT = 'functions/readOrderContact/invocations';
const address = 'ada.lovelace@example.com';

beforeEach(() => {
  aws.calls = [];
  aws.replies = {
    'AmazonSQS.GetQueueUrl': ({ body }) => ({ body: { QueueUrl: `${aws.url}/${body.QueueName}` } }),
    [CONTACT]: () => ({
      body: { outcome: 'FOUND', email: address, name: 'Ada' },
    }),
    [RECIPIENT]: () => ({ body: { outcome: 'UNKNOWN' } }),
    GetSecretValue: () => ({ body: { SecretString: 'a-key-of-the-test' } }),
    // The SDK compares it with the body that it sent.
    'AmazonSQS.SendMessage': ({ body }) => ({
      body: { MD5OfMessageBody: createHash('md5').update(body.MessageBody).digest('hex') },
    }),
    'outbound-emails': () => ({ body: { MessageId: 'ses-1' } }),
  };
});

const message = (over: Partial<SQSRecord> = {}, receives = 1): SQSRecord => ({
  ...record,
  ...over,
  attributes: { ...record.attributes, ApproximateReceiveCount: String(receives) },
});

const receive = (...records: SQSRecord[]) => handler({ Records: records }, context);

const awsError = (status: number, name: string, text = '', more = {}) => ({
  status,
  headers: { 'x-amzn-errortype': name },
  body: { __type: name, message: text, ...more },
});

const sentTo = (queueName: string) =>
  aws
    .called('AmazonSQS.SendMessage')
    .map(({ body }) => body)
    .filter(({ QueueUrl }) => QueueUrl.endsWith(`/${queueName}`));
const parked = () => sentTo('email-dlq');
const reported = () => sentTo('message-results').map(({ MessageBody }) => JSON.parse(MessageBody));

test('a confirmed order: a claim, who and what, one mail, a mark, a report, and no other call', async () => {
  await receive(message()); // the secret and the queue's URL are looked up once an environment
  aws.calls = [];
  expect(await receive(message())).toEqual({ batchItemFailures: [] });
  const calls = aws.calls.map(({ what }) => what);
  const questions = calls.splice(1, 2).sort();
  expect(questions).toEqual([
    '/2015-03-31/functions/readOrderContact/invocations',
    '/2015-03-31/functions/readRecipient/invocations',
  ]);
  expect(calls).toEqual([
    'DynamoDB_20120810.PutItem',
    'DynamoDB_20120810.GetItem',
    '/v2/email/outbound-emails',
    'DynamoDB_20120810.UpdateItem',
    'AmazonSQS.SendMessage',
  ]);
});

test('what became of the mail is reported without its address', async () => {
  await receive(message());
  expect(reported()).toMatchObject([
    {
      id: `${event.id}#email#SENT`,
      type: 'message.settled',
      subject: event.subject,
      data: { messageId: `${event.id}#email`, channel: 'email', kind: 'order-confirmed', outcome: 'SENT' },
    },
  ]);
  expect(JSON.stringify(reported())).not.toContain(address);
});

test('an address that mails came back from is not written to', async () => {
  aws.replies['DynamoDB_20120810.GetItem'] = () => ({ body: { Item: { id: { S: 'x' } } } });
  expect(await receive(message())).toEqual({ batchItemFailures: [] });
  expect(aws.called('outbound-emails')).toHaveLength(0);
  expect(reported()).toMatchObject([{ data: { outcome: 'SUPPRESSED', reason: 'ADDRESS_SUPPRESSED' } }]);
  const [asked] = aws.called('DynamoDB_20120810.GetItem');
  expect(JSON.stringify(asked)).not.toContain(address);
});

test('a customer who does not want this mail gets none', async () => {
  aws.replies[RECIPIENT] = () => ({
    body: { outcome: 'FOUND', preferences: { email: { 'order-confirmed': false } }, devices: [] },
  });
  expect(await receive(message())).toEqual({ batchItemFailures: [] });
  expect(aws.called('outbound-emails')).toHaveLength(0);
  expect(reported()).toMatchObject([{ data: { outcome: 'SUPPRESSED', reason: 'NOT_WANTED' } }]);
});

const parkedOrder = (data: object) =>
  JSON.stringify({
    ...event,
    type: 'order.parked',
    dataschema: 'urn:orderly:event:order.parked:1',
    data: { customerId: 'ada', attempt: 1, version: 2, steps: [], ...data },
  });

test.each([
  ['a payment of unknown fate', { status: 'PENDING', paymentStatus: 'UNKNOWN' }],
  ['a customer who was asked before', { status: 'AWAITING_PAYMENT', paymentStatus: 'REQUIRES_ACTION' }],
  ['a provider that cannot be asked about it', { status: 'AWAITING_PAYMENT', paymentStatus: 'UNKNOWN' }],
])('an order that waits for %s makes no message and no row', async (_what, data) => {
  expect(await receive(message({ body: parkedOrder(data) }))).toEqual({ batchItemFailures: [] });
  expect(aws.calls).toEqual([]);
});

test('an order that asks its customer to act is told', async () => {
  const body = parkedOrder({ status: 'AWAITING_PAYMENT', paymentStatus: 'REQUIRES_ACTION', asks: true });
  expect(await receive(message({ body }))).toEqual({ batchItemFailures: [] });
  expect(reported()).toMatchObject([{ data: { kind: 'action-required', outcome: 'SENT' } }]);
});

test('the mail goes to the recipient in HTML and text, under the reference of its message', async () => {
  await receive(message());
  expect(aws.called('outbound-emails')[0]?.body).toMatchObject({
    FromEmailAddress: 'orders@example.com',
    Destination: { ToAddresses: [address] },
    Content: {
      Simple: {
        Subject: { Data: 'Your order is confirmed' },
        Body: {
          Html: { Data: expect.stringContaining('House Espresso') },
          Text: { Data: expect.stringContaining(event.subject) },
        },
        Headers: [{ Name: 'X-Entity-Ref-ID', Value: `${event.id}#email` }],
      },
    },
  });
});

test('orders is asked for the order under the correlation id of the event', async () => {
  await receive(message());
  expect(aws.called(CONTACT)[0]?.body).toEqual({
    orderId: event.subject,
    correlationId: event.correlationid,
  });
});

test('no write to the table holds the address or the name', async () => {
  await receive(message());
  expect(JSON.stringify(aws.called('DynamoDB').map(({ body }) => body))).not.toMatch(/ada|lovelace/i);
});

test('a message that another receive holds is put off to the end of that claim', async () => {
  const claimedAt = String(Date.now() - 4 * MINUTE);
  aws.replies['DynamoDB_20120810.PutItem'] = () =>
    awsError(400, 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', 'no', {
      Item: { status: { S: 'SENDING' }, claimedAt: { N: claimedAt } },
    });
  const { batchItemFailures } = await receive(message());
  expect(batchItemFailures).toEqual([{ itemIdentifier: record.messageId }]);
  const [change] = aws.called('ChangeMessageVisibility');
  expect(change?.body).toMatchObject({
    ReceiptHandle: record.receiptHandle,
    QueueUrl: `${aws.url}/email`,
  });
  expect(change?.body.VisibilityTimeout).toBeGreaterThan(355);
  expect(change?.body.VisibilityTimeout).toBeLessThanOrEqual(360);
  expect(aws.called('outbound-emails')).toHaveLength(0);
});

test('a claim whose answer was lost is met again by the repeated call, and is its own', async () => {
  let row: unknown;
  aws.replies['DynamoDB_20120810.PutItem'] = ({ body }) => {
    const standing = row;
    row ??= body.Item;
    return standing
      ? awsError(400, 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', 'no', {
          Item: standing,
        })
      : awsError(500, 'InternalServerError');
  };
  expect(await receive(message())).toEqual({ batchItemFailures: [] });
  expect(aws.called('DynamoDB_20120810.PutItem')).toHaveLength(2);
  expect(aws.called('outbound-emails')).toHaveLength(1);
  expect(aws.called('ChangeMessageVisibility')).toHaveLength(0);
});

test.each(['SENT', 'SUPPRESSED'])(
  'a message that is %s already is done with; its report may have been lost',
  async (status) => {
    aws.replies['DynamoDB_20120810.PutItem'] = () =>
      awsError(400, 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', 'no', {
        Item: { status: { S: status }, claimedAt: { N: '1' } },
      });
    expect(await receive(message())).toEqual({ batchItemFailures: [] });
    expect(aws.calls).toHaveLength(2);
    expect(reported()).toMatchObject([{ data: { outcome: status } }]);
  },
);

test('what the provider refuses for good is parked with its reason, which names nobody', async () => {
  aws.replies['outbound-emails'] = () =>
    awsError(400, 'MessageRejected', `Email address is not verified: ${address}`);
  expect(await receive(message())).toEqual({ batchItemFailures: [] });
  const [dead] = parked();
  expect(dead.MessageAttributes.reason.StringValue).toBe(
    'PermanentFault: The provider refuses the mail: MessageRejected',
  );
  expect(JSON.stringify(aws.calls.filter(({ what }) => !what.includes('outbound')))).not.toContain(address);
  expect(JSON.stringify(aws.called('UpdateItem'))).toContain('FAILED');
});

test('an order whose customer is erased gets no mail', async () => {
  aws.replies[CONTACT] = () => ({ body: { outcome: 'ERASED' } });
  expect(await receive(message())).toEqual({ batchItemFailures: [] });
  expect(aws.called('outbound-emails')).toHaveLength(0);
  expect(JSON.stringify(aws.called('UpdateItem'))).toContain('SUPPRESSED');
});

test.each([
  ['not JSON', 'order ord_1 for ada', 'The message is not JSON'],
  [
    'of a type that nobody is told of',
    JSON.stringify({ ...event, type: 'order.placed' }),
    'is not expected here',
  ],
  [
    'not what its contract says',
    JSON.stringify({ ...event, data: { ...event.data, total: 'ten' } }),
    'data.total',
  ],
])('a message that is %s is parked at once while its neighbour is sent', async (_what, body, reason) => {
  const poison = message({ messageId: 'poison', body });
  expect(await receive(poison, message())).toEqual({ batchItemFailures: [] });
  expect(parked()).toHaveLength(1);
  expect(parked()[0]).toMatchObject({
    MessageBody: body,
    MessageAttributes: { reason: { StringValue: expect.stringContaining(reason) } },
  });
  expect(aws.called('outbound-emails')).toHaveLength(1);
});

test('while orders cannot say who the customer is the message comes again, and at last is parked', async () => {
  aws.replies[CONTACT] = () => ({
    headers: { 'x-amz-function-error': 'Unhandled' },
    body: { errorMessage: `cannot read ${address}` },
  });
  expect(await receive(message())).toEqual({ batchItemFailures: [{ itemIdentifier: record.messageId }] });
  expect(parked()).toHaveLength(0);
  expect(await receive(message({}, 5))).toEqual({ batchItemFailures: [] });
  expect(parked()[0].MessageAttributes.reason.StringValue).toContain('ContactUnavailable');
  expect(reported()).toMatchObject([{ data: { outcome: 'FAILED', reason: 'ContactUnavailable' } }]);
  expect(JSON.stringify(parked())).not.toContain(address);
});
