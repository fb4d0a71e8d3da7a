import type { DynamoDBStreamEvent } from 'aws-lambda';
import sample from '../../../events/samples/inventory/watchStock.stream.json';
import { context, startWire, takenByQueue, type Wire } from './wire';

let wire: Wire;
let watch: (event: DynamoDBStreamEvent, given: ReturnType<typeof context>) => Promise<unknown>;

beforeAll(async () => {
  wire = await startWire({
    PRODUCTS_TABLE: 'products',
    STOCK_TABLE: 'stock',
    LOW_STOCK_BELOW: '5',
    TOPIC_ARN: 'arn:aws:sns:eu-west-1:000000000000:stock-alerts',
    DEAD_LETTER_QUEUE: 'stock-stream-dlq',
  });
  ({ handler: watch } = await import('../../../services/inventory/handlers/watch-stock'));
});
afterAll(() => wire.close());
beforeEach(() => {
  wire.calls.length = 0;
  wire.answers = {
    GetQueueUrl: () => ({ QueueUrl: `${process.env.AWS_ENDPOINT_URL}/queue` }),
    SendMessage: takenByQueue,
  };
});

const [record] = sample.Records as unknown as DynamoDBStreamEvent['Records'];
const image = (NewImage: object) =>
  ({ ...record, dynamodb: { ...record?.dynamodb, NewImage } }) as DynamoDBStreamEvent['Records'][number];
const Records = (...images: object[]) => ({ Records: images.map(image) });

test.each([
  ['without a product', { shard: { S: 'mug#0' }, available: { N: '1' }, version: { N: '1' } }],
  ['without units', { shard: { S: 'mug#0' }, productId: { S: 'mug' }, version: { N: '1' } }],
  [
    'with half a unit',
    { shard: { S: 'mug#0' }, productId: { S: 'mug' }, available: { N: '0.5' }, version: { N: '1' } },
  ],
  ['that is nothing', { nonsense: { BOOL: true } }],
])('a row %s is parked with its reason, and holds up no other', async (_what, bad) => {
  const good = { shard: { S: 'cup#0' }, productId: { S: 'cup' }, available: { N: '1' }, version: { N: '2' } };
  await watch(Records(bad, good), context());
  expect(wire.operations()).toEqual(['GetQueueUrl', 'SendMessage', 'GetItem'].slice(-wire.calls.length));
  const parked = wire.calls.find(({ operation }) => operation === 'SendMessage')?.body;
  expect(parked.MessageAttributes.reason.StringValue).toMatch(/^Not a row of stock: /);
  expect(wire.calls.at(-1)?.body).toMatchObject({ TableName: 'products', Key: { id: { S: 'cup' } } });
});

test('a watch, which lies in the same table, is not looked at, or it would wake itself', async () => {
  await watch(
    Records({ shard: { S: 'watch#mug' }, productId: { S: 'mug' }, crossing: { N: '1' } }),
    context(),
  );
  expect(wire.calls).toEqual([]);
});
