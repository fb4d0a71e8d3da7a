import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, KinesisStreamEvent } from 'aws-lambda';
import { AwsRedelivery } from '../../services/operations/adapters/aws-redelivery';
import { digestOf } from '../../services/operations/domain/dead-letter';
import { targetOf } from '../../services/operations/domain/dead-letter-queues';
import { PermanentFault } from '../../shared/kernel/permanent-fault';
import { stream } from '../../shared/lambda/stream';
import { catchLog } from '../shared/support/log';

/** What a consumer of Kinesis leaves in its dead-letter queue of a record that it cannot read. */
async function parked(text: string, sequenceNumber = '4954'): Promise<string> {
  catchLog();
  const bodies: string[] = [];
  const read = () => {
    throw new PermanentFault('none of ours');
  };
  const park = async ({ body }: { body: string }) => {
    bodies.push(body);
  };
  const handler = stream({ from: 'kinesis', read, park }, async ({ records }) => {
    for (const record of records) await record.park(record.fault ?? '');
  });
  const data = Buffer.from(text).toString('base64');
  const kinesis = { partitionKey: 'ses_1', sequenceNumber, data, approximateArrivalTimestamp: 1_900_000_000 };
  const event = { Records: [{ eventID: `shardId-000000000003:${sequenceNumber}`, kinesis }] };
  const context = { awsRequestId: 'req-1', getRemainingTimeInMillis: () => 10_000 } as Context;
  await handler(event as unknown as KinesisStreamEvent, context);
  return bodies[0] ?? '';
}

function setUp() {
  const sent: object[] = [];
  const client = {
    send: async ({ input }: { input: object }) => {
      sent.push(input);
      return {};
    },
  };
  const clients = {
    sqs: client as unknown as SQSClient,
    lambda: client as unknown as LambdaClient,
    kinesis: client as unknown as KinesisClient,
  };
  const target = targetOf('click-stream-dlq') ?? { queue: 'none' };
  const redelivery = new AwsRedelivery(clients, 'orderly-test-');
  const retry = (body: string) => redelivery.retry({ id: 'letter', body, sentAt: 0 }, target);
  return { sent, retry };
}

test('a parked record goes to the end of its stream again, under its own partition key', async () => {
  const { sent, retry } = setUp();
  expect(await retry(await parked('{"key":"ü"}\n'))).toBe('RETRIED');
  expect(sent).toEqual([
    { StreamName: 'orderly-test-clicks', PartitionKey: 'ses_1', Data: Buffer.from('{"key":"ü"}\n') },
  ]);
});

test.each([
  ['a record that was parked without its end', () => parked('x'.repeat(100_000))],
  ['a batch that its mapping gave up', async () => '{"KinesisBatchInfo":{"shardId":"1"}}'],
  ['something else', async () => '{"data":7}'],
  ['nothing that can be read', async () => 'no JSON'],
])('%s has no content to send on', async (_what, letter) => {
  const { sent, retry } = setUp();
  expect(await retry(await letter())).toBe('NO_CONTENT');
  expect(sent).toEqual([]);
});

test('a record that is parked again is known by what it carries, though its place in the stream is another', async () => {
  const [first, again, other] = [await parked('no JSON'), await parked('no JSON', '5000'), await parked('{')];
  expect(first).not.toBe(again);
  expect(digestOf({ body: again })).toBe(digestOf({ body: first }));
  expect(digestOf({ body: other })).not.toBe(digestOf({ body: first }));
});
