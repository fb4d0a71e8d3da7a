import { readFileSync } from 'node:fs';
import type { DynamoDBRecord } from 'aws-lambda';
import { readEvent } from '../../../events/envelope';
import { imageEvents } from '../../../events/image-events';
import { context, startWire, takenByQueue, type Wire } from './wire';

let wire: Wire;
let publish: (event: { Records: DynamoDBRecord[] }, given: typeof context) => Promise<unknown>;
const [sample] = JSON.parse(readFileSync('events/samples/images/publishImageEvents.stream.json', 'utf8'))
  .Records as [DynamoDBRecord];

const record = (more: Record<string, unknown>): DynamoDBRecord =>
  ({
    ...sample,
    dynamodb: { ...sample.dynamodb, NewImage: { ...sample.dynamodb?.NewImage, ...more } },
  }) as DynamoDBRecord;

beforeAll(async () => {
  wire = await startWire({
    EVENT_BUS: 'bus',
    DEAD_LETTER_QUEUE: 'dlq',
    IMAGES_BASE_URL: 'https://x.example/images',
  });
  ({ handler: publish } = (await import('../../../services/images/handlers/publish-image-events')) as never);
});
afterAll(() => wire.close());
beforeEach(() => {
  wire.calls.length = 0;
  wire.answers = {
    PutEvents: ({ Entries }) => ({ Entries: Entries.map(() => ({ EventId: '1' })) }),
    GetQueueUrl: () => ({ QueueUrl: `${process.env.AWS_ENDPOINT_URL}/dlq` }),
    SendMessage: takenByQueue,
  };
});

const told = () =>
  wire.calls
    .filter(({ operation }) => operation === 'PutEvents')
    .flatMap(({ body }) => body.Entries)
    .map(({ Detail }) => readEvent(imageEvents, JSON.parse(Detail)));

test('a verdict is told as it is, under an id that stays, with addresses of this stage', async () => {
  const rejected = { status: { S: 'REJECTED' }, reason: { S: 'TRUNCATED' } };
  await publish({ Records: [record({}), record(rejected)] }, context);
  await publish({ Records: [record({})] }, context);
  const [first, second, again] = told();
  expect([first?.type, second?.type, again?.id]).toEqual(['image.processed', 'image.rejected', first?.id]);
  const { productId, imageId } = first?.data ?? {};
  expect(first?.data).toHaveProperty('files.0', {
    url: `https://x.example/images/${productId}/${imageId}/large.jpg`,
    ...{ type: 'image/jpeg', width: 800, height: 600, bytes: 61234 },
  });
  expect(second?.data).toEqual({ productId, imageId, reason: 'TRUNCATED' });
});

test('what is no image is parked with its reason, and the others go out', async () => {
  await publish({ Records: [record({ version: { S: 'two' } }), record({})] }, context);
  expect(told()).toHaveLength(1);
  const parked = wire.calls.find(({ operation }) => operation === 'SendMessage')?.body;
  expect(parked.MessageAttributes.reason.StringValue).toBe('Not an image: version number.base');
});

test('what the bus refuses makes the batch come again', async () => {
  wire.answers.PutEvents = () => ({ Entries: [{ ErrorCode: 'ThrottlingException' }] });
  await expect(publish({ Records: [record({})] }, context)).rejects.toThrow('refused');
});
