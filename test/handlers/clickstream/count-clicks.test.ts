import { packKeys } from '../../../services/clickstream/domain/click-key';
import { behind } from '../../../services/clickstream/domain/commit-plan';
import { NOON, view } from '../../clickstream/support/lines';
import { catchLog } from '../../shared/support/log';
import { context, Refused, startClicksWire, takenByQueue, type Wire } from './aws';

let wire: Wire;
let count: typeof import('../../../services/clickstream/handlers/count-clicks').handler;

beforeAll(async () => {
  wire = await startClicksWire();
  ({ handler: count } = await import('../../../services/clickstream/handlers/count-clicks'));
});
afterAll(() => wire.close());

let shard = 0;
beforeEach(() => {
  catchLog();
  shard += 1;
  wire.calls.length = 0;
  wire.answers = {
    ListShards: () => ({ Shards: [{ ShardId: `shardId-${shard}`, ParentShardId: 'shardId-parent' }] }),
    GetQueueUrl: () => ({ QueueUrl: `${process.env.AWS_ENDPOINT_URL}/dlq` }),
    SendMessage: takenByQueue,
  };
});

const record = (sequence: number, text: string) => ({
  kinesis: {
    kinesisSchemaVersion: '1.0',
    partitionKey: 'ses_1',
    sequenceNumber: String(sequence),
    data: Buffer.from(text).toString('base64'),
    approximateArrivalTimestamp: NOON / 1000 + sequence,
  },
  eventID: `shardId-${shard}:${sequence}`,
});

const lines = (...ids: string[]) => ids.map((id) => `${JSON.stringify(view(id))}\n`).join('');
const read = (...Records: ReturnType<typeof record>[]) => count({ Records } as never, context());
const transactions = () =>
  wire.calls
    .filter(({ operation }) => operation === 'TransactWriteItems')
    .map(({ body }) => body.TransactItems);

test('a batch is one transaction: checkpoint, packed keys, counts of this shard', async () => {
  await read(record(1, lines('a', 'b')), record(2, lines('b', 'c')));
  expect(transactions()).toHaveLength(1);
  const [checkpoint, keys, ...counts] = transactions()[0];
  expect(checkpoint.Put).toMatchObject({
    TableName: 'shards',
    Item: { pk: { S: `shard#shardId-${shard}` }, checkpoint: { S: behind('2') } },
    ConditionExpression: 'attribute_not_exists(#pk)',
  });
  expect(keys.Put.Item.keys.B).toBe(
    Buffer.from(packKeys(['a', 'b', 'c'].map((id) => view(id).key))).toString('base64'),
  );
  expect(Number(keys.Put.Item.ttl.N)).toBeGreaterThan(Date.now() / 1000 + 12 * 3600);
  expect(counts.map(({ Update }: { Update: { Key: { sk: { S: string } } } }) => Update.Key.sk.S)).toEqual([
    `12:00##shardId-${shard}`,
    `12:00#/a#shardId-${shard}`,
  ]);
});

test('a warm environment commits on the checkpoint it wrote, and reads no keys again', async () => {
  await read(record(1, lines('a')));
  wire.answers.GetItem = () => ({ Item: { checkpoint: { S: behind('1') }, ancestors: { L: [] } } });
  wire.calls.length = 0;
  await read(record(2, lines('b')));
  expect(wire.operations()).toEqual(['GetItem', 'TransactWriteItems']);
  expect(transactions()[0][0].Put).toMatchObject({
    ConditionExpression: '#checkpoint = :seen',
    ExpressionAttributeValues: { ':seen': { S: behind('1') } },
  });
});

test('a new environment reads back its keys, and those of the shard it was split from', async () => {
  wire.answers.Query = ({ ExpressionAttributeValues: values }) => ({
    Items:
      values[':pk'].S === 'shard#shardId-parent'
        ? [
            {
              sk: { S: 'keys#1' },
              keys: { B: Buffer.from(packKeys([view('a').key])).toString('base64') },
              arrivedAt: { N: String(NOON) },
            },
          ]
        : [],
  });
  await read(record(1, lines('a', 'b')));
  const [, keys] = transactions()[0];
  expect(keys.Put.Item.keys.B).toBe(Buffer.from(packKeys([view('b').key])).toString('base64'));
});

test('a shard that the stream does not list yet is not remembered as one without parents', async () => {
  wire.answers.ListShards = () => ({ Shards: [{ ShardId: 'shardId-parent' }] });
  await read(record(1, lines('a')));
  expect(transactions()[0][0].Put.Item).not.toHaveProperty('ancestors');
  wire.answers.GetItem = () => ({ Item: { checkpoint: { S: behind('1') } } });
  wire.answers.ListShards = () => ({
    Shards: [{ ShardId: `shardId-${shard}`, ParentShardId: 'shardId-parent' }],
  });
  wire.calls.length = 0;
  await read(record(2, lines('b')));
  const queries = wire.calls.filter(({ operation }) => operation === 'Query');
  expect(JSON.stringify(queries)).toContain('shard#shardId-parent');
  expect(transactions()[0][0].Put.Item.ancestors).toEqual({ L: [{ S: 'shardId-parent' }] });
});

test('what stands before the checkpoint is not counted again', async () => {
  wire.answers.GetItem = () => ({ Item: { checkpoint: { S: behind('9') }, ancestors: { L: [] } } });
  await read(record(8, lines('a')), record(9, lines('b')));
  expect(transactions()).toEqual([]);
});

test.each([
  ['no JSON', 'no JSON', 'Line 1 is not JSON'],
  ['nothing', '', 'The record is empty'],
  ['a line of another kind', '{"kind":"view"}\n', '/key'],
  ['a good line and a bad one', `${lines('a')}{}\n`, 'Line 2'],
  ['a page too long for a key', `${JSON.stringify(view('a', { page: 'ü'.repeat(500) }))}\n`, 'too long'],
  ['a time that is none', `${JSON.stringify(view('a', { at: '2030-13-41T00:00:00.000Z' }))}\n`, 'time'],
  ['a prototype', '{"__proto__":{"admin":true}}\n', '/key'],
  ['a megabyte', 'x'.repeat(1_000_000), 'Line 1 is not JSON'],
])('a record with %s is parked with its reason, its neighbours are counted', async (_what, text, reason) => {
  await read(record(1, lines('b')), record(2, text), record(3, lines('c')));
  const parked = wire.calls.filter(({ operation }) => operation === 'SendMessage');
  expect(parked).toHaveLength(1);
  expect(parked[0]?.body.MessageAttributes.reason.StringValue).toContain(reason);
  expect(parked[0]?.body.MessageBody.length).toBeLessThan(250_000);
  expect(transactions()[0][0].Put.Item.checkpoint.S).toBe(behind('3'));
  expect(transactions()[0][1].Put.Item.keys.B).toHaveLength(Math.ceil(16 / 3) * 4);
});

test('a condition that fails is looked into: the answer of an own commit may have been lost', async () => {
  const failed = new Refused({
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    message: 'cancelled',
    CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
  });
  let refused = 0;
  wire.answers.TransactWriteItems = () => {
    refused += 1;
    wire.answers.GetItem = () => ({ Item: { checkpoint: { S: behind('1') }, ancestors: { L: [] } } });
    return failed;
  };
  await read(record(1, lines('a')));
  expect(refused).toBe(1);
});

test('throttling throws, so that the batch comes again', async () => {
  wire.answers.TransactWriteItems = () =>
    new Refused({ __type: 'ThrottlingException', message: 'slow down' });
  await expect(read(record(1, lines('a')))).rejects.toThrow('no room');
}, 20_000);

test('a commit that the table refuses for good is parked, and nobody waits behind it', async () => {
  wire.answers.TransactWriteItems = ({ TransactItems }) =>
    JSON.stringify(TransactItems).includes('/poison')
      ? new Refused({ __type: 'com.amazon.coral.validate#ValidationException', message: 'too long' })
      : {};
  const poison = `${JSON.stringify(view('p', { page: '/poison' }))}\n`;
  await read(record(1, lines('a')), record(2, poison), record(3, lines('b')));
  const parked = wire.calls.filter(({ operation }) => operation === 'SendMessage');
  expect(parked.map(({ body }) => body.MessageAttributes.reason.StringValue)).toEqual([
    expect.stringContaining('cannot be written'),
  ]);
  expect(transactions().at(-1)[0].Put.Item.checkpoint.S).toBe(behind('3'));
});
