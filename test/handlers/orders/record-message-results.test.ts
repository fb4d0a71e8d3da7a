import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import sample from '../../../events/samples/orders/recordMessageResults.sqs.json';
import { catchLog } from '../../shared/support/log';
import { context, Refused, takenByQueue, type Wire } from '../inventory/wire';
import { startOrdersWire } from './support';

catchLog();
let wire: Wire;
let record: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

beforeAll(async () => {
  wire = await startOrdersWire();
  ({ handler: record } = await import('../../../services/orders/handlers/record-message-results'));
});
afterAll(() => wire.close());
beforeEach(() => {
  wire.calls.length = 0;
  wire.answers = {
    GetQueueUrl: () => ({ QueueUrl: `${process.env.AWS_ENDPOINT_URL}/dlq` }),
    SendMessage: takenByQueue,
  };
});

const messages = sample as unknown as SQSEvent;
const sent = (operation: string) =>
  wire.calls.filter((call) => call.operation === operation).map(({ body }) => body);

test('a result is one row of its order, unless this outcome of this message is known', async () => {
  expect(await record(messages, context())).toEqual({ batchItemFailures: [] });
  expect(sent('PutItem')).toMatchObject([
    {
      TableName: 'order-messages',
      Item: {
        orderId: { S: 'ord_01KAJ6T3M2C8E4G6H8J0K2M4N6' },
        sk: { S: 'evt_01KAJ6T5V8F0Q2N4R6S8T0V2W4#email#SENT' },
        channel: { S: 'email' },
        kind: { S: 'order-confirmed' },
        outcome: { S: 'SENT' },
        at: { S: '2026-11-21T12:07:54.000Z' },
      },
      ConditionExpression: 'attribute_not_exists(sk)',
    },
  ]);
});

test('a result that comes again is done with', async () => {
  wire.answers.PutItem = () => new Refused({ __type: 'ConditionalCheckFailedException', message: 'no' });
  expect(await record(messages, context())).toEqual({ batchItemFailures: [] });
  expect(sent('SendMessage')).toEqual([]);
});

test('a result of a channel that is not known is parked with its reason', async () => {
  const [message] = messages.Records;
  const event = JSON.parse(message?.body ?? '');
  const body = JSON.stringify({ ...event, data: { ...event.data, channel: 'pigeon' } });
  await record({ Records: [{ ...message, body }] } as SQSEvent, context());
  expect(sent('PutItem')).toEqual([]);
  expect(sent('SendMessage')).toMatchObject([
    { MessageAttributes: { reason: { StringValue: expect.stringContaining('data.channel') } } },
  ]);
});
