import type { SQSEvent } from 'aws-lambda';
import { photograph } from '../../images/support/pictures';
import { context, startWire, takenByQueue, type Wire } from './wire';

jest.setTimeout(30_000);

const PRODUCT = 'prd_01KA000008ENAME1MVG0000000';
const IMAGE = 'img_01KA00000ABCDEFGHJKMNPQRST';
const UPLOAD = `/bucket/uploads/${PRODUCT}/${IMAGE}`;
const MADE = `/bucket/processed/${PRODUCT}/${IMAGE}`;

let wire: Wire;
let handler: (event: SQSEvent, given: typeof context) => Promise<{ batchItemFailures: object[] }>;
let photo: Buffer;

beforeAll(async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true); // the lines of metrics
  wire = await startWire({ IMAGES_TABLE: 'images', IMAGES_BUCKET: 'bucket', DEAD_LETTER_QUEUE: 'dlq' });
  photo = await photograph(320, 240);
  ({ handler } = (await import('../../../services/images/handlers/make-thumbnails')) as never);
});
afterAll(() => wire.close());

const row = {
  ...{
    productId: { S: PRODUCT },
    id: { S: IMAGE },
    status: { S: 'PENDING' },
    contentType: { S: 'image/jpeg' },
  },
  ...{ bytes: { N: '9' }, version: { N: '1' }, correlationId: { S: 'cor_1' }, ttl: { N: '1' } },
  ...{ createdAt: { S: '2030-01-01T00:00:00.000Z' }, updatedAt: { S: '2030-01-01T00:00:00.000Z' } },
};

beforeEach(() => {
  wire.calls.length = 0;
  wire.answers = {
    GetItem: () => ({ Item: row }),
    UpdateItem: () => ({ Attributes: { tries: { N: '1' } } }),
    [`GET ${UPLOAD}`]: () => ({ body: photo, headers: { etag: '"e"' } }),
    GetQueueUrl: () => ({ QueueUrl: `${process.env.AWS_ENDPOINT_URL}/dlq` }),
    SendMessage: takenByQueue,
  };
});

const event = (body: unknown, receives = 1): SQSEvent =>
  ({
    Records: [
      {
        ...{ messageId: 'm1', receiptHandle: 'r1' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        attributes: { ApproximateReceiveCount: String(receives) },
      },
    ],
  }) as never;

const notification = (key = `uploads/${PRODUCT}/${IMAGE}`) => ({
  Records: [{ s3: { object: { key, size: 9, eTag: 'e', sequencer: '1' } } }],
});

test('reads the very bytes, counts the try, stores four files, settles the row and deletes the original', async () => {
  expect(await handler(event(notification()), context)).toEqual({ batchItemFailures: [] });
  const [find, read, claim, ...rest] = wire.operations();
  expect([find, read, claim]).toEqual(['GetItem', `GET ${UPLOAD}`, 'UpdateItem']);
  expect(rest.slice(0, 4).sort()).toEqual(
    ['large.jpg', 'large.webp', 'small.jpg', 'small.webp'].map((file) => `PUT ${MADE}/${file}`),
  );
  expect(rest.slice(4)).toEqual(['PutItem', `DELETE ${UPLOAD}`]);
  const settled = wire.calls.find(({ operation }) => operation === 'PutItem')?.body;
  expect(settled).toMatchObject({
    ConditionExpression: '#status = :pending',
    Item: {
      status: { S: 'PROCESSED' },
      version: { N: '2' },
      width: { N: '320' },
      correlationId: { S: 'cor_1' },
    },
  });
  expect(settled.Item).not.toHaveProperty('ttl');
});

test('the test event that S3 sends once is taken and means nothing', async () => {
  const test = { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'bucket' };
  expect(await handler(event(test), context)).toEqual({ batchItemFailures: [] });
  expect(wire.calls).toEqual([]);
});

test('a key comes URL-encoded', async () => {
  await handler(event(notification(`uploads%2F${PRODUCT}%2F${IMAGE}`)), context);
  expect(wire.operations()).toContain('PutItem');
});

test.each([
  ['no JSON', 'hello', 'The message is not JSON'],
  ['null', 'null', 'The message is not a notification of S3'],
  ['no notification', {}, 'The message is not a notification of S3'],
  ['a key of elsewhere', notification('processed/x/y.jpg'), 'The key is not one of an upload'],
  [
    'a key that climbs',
    notification('uploads/../secrets/img_01KA00000ABCDEFGHJKMNPQRST'),
    'The key is not one',
  ],
  ['a key with a command', notification(';sleep 9;.jpg'), 'The key is not one of an upload'],
  [
    'a key with a line of a log in it',
    notification(`uploads/${PRODUCT}/${IMAGE}%0D%0A{"level":"info"}`),
    'The key is',
  ],
  ['a key with a NUL', notification(`uploads/${PRODUCT}/${IMAGE}%00.jpg`), 'The key is not one of an upload'],
  [
    'a key that is read backwards',
    notification(`uploads/${PRODUCT}/%E2%80%AE${IMAGE}`),
    'The key is not one',
  ],
  [
    'a key that is an image but for its end',
    notification(`uploads/${PRODUCT}/${IMAGE}\n`),
    'The key is not one',
  ],
  [
    'a key of 4097 characters',
    notification(`uploads/${'x'.repeat(4089)}`),
    'The message is not a notification',
  ],
  ['a key that is no text', notification({} as never), 'The message is not a notification of S3'],
  ['a key that cannot be decoded', notification('uploads/%E0%A4%A'), 'The key is not one of an upload'],
])('%s goes to the dead-letter queue with its reason, and nothing is read', async (_what, body, reason) => {
  expect(await handler(event(body), context)).toEqual({ batchItemFailures: [] });
  expect(wire.operations()).toEqual(expect.arrayContaining(['SendMessage']));
  expect(wire.operations().filter((one) => /Item|bucket/.test(one))).toEqual([]);
  const parked = wire.calls.find(({ operation }) => operation === 'SendMessage')?.body;
  expect(parked.MessageAttributes.reason.StringValue).toContain(reason);
});

test.each([404, 412])(
  'an original that S3 answers %i for is passed over, and the image stays as it is',
  async (status) => {
    wire.answers[`GET ${UPLOAD}`] = () => ({ status, body: '' });
    expect(await handler(event(notification()), context)).toEqual({ batchItemFailures: [] });
    expect(wire.operations()).not.toContain('PutItem');
  },
);

test('while S3 is away the message is received again, and the image stays PENDING', async () => {
  wire.answers[`GET ${UPLOAD}`] = () => ({ status: 503, body: '' });
  expect(await handler(event(notification()), context)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm1' }],
  });
  expect(wire.operations()).not.toContain('PutItem');
});

describe('a claim that is refused', () => {
  const refusedFor = (row: object) => ({
    status: 400,
    body: JSON.stringify({ __type: 'ConditionalCheckFailedException', Item: row }),
  });

  test('by itself, since its first answer got lost, is a claim all the same', async () => {
    let calls = 0;
    wire.answers.UpdateItem = ({ ExpressionAttributeValues: values }) => {
      calls += 1;
      if (calls === 1) return { status: 500, body: '{}' };
      return refusedFor({ ...row, tries: { N: '3' }, claimedBy: values[':token'] });
    };
    expect(await handler(event(notification()), context)).toEqual({ batchItemFailures: [] });
    expect(calls).toBe(2);
    const settled = wire.calls.find(({ operation }) => operation === 'PutItem')?.body;
    expect(settled.Item.status).toEqual({ S: 'PROCESSED' });
    expect(Object.keys(settled.Item)).not.toEqual(expect.arrayContaining(['claimedBy']));
  });

  test('by another who is at it makes the message come again', async () => {
    wire.answers.UpdateItem = () => refusedFor({ ...row, tries: { N: '1' }, claimedBy: { S: 'another' } });
    expect(await handler(event(notification()), context)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }],
    });
    expect(wire.operations()).not.toContain('PutItem');
  });

  test('by a verdict ends the message', async () => {
    wire.answers.UpdateItem = () => refusedFor({ ...row, status: { S: 'PROCESSED' } });
    expect(await handler(event(notification()), context)).toEqual({ batchItemFailures: [] });
    expect(wire.operations()).not.toContain('PutItem');
  });
});

test('a try that ended for another reason than the file is given back by its owner', async () => {
  wire.answers.PutItem = () => ({ status: 400, body: '{"__type":"AccessDeniedException"}' });
  expect(await handler(event(notification()), context)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm1' }],
  });
  const [claim, release] = wire.calls
    .filter(({ operation }) => operation === 'UpdateItem')
    .map(({ body }) => body);
  expect(release).toMatchObject({
    UpdateExpression: 'REMOVE claimedBy, claimedAt ADD tries :back',
    ConditionExpression: '#status = :pending AND claimedBy = :token',
    ExpressionAttributeValues: { ':token': claim?.ExpressionAttributeValues[':token'], ':back': { N: '-1' } },
  });
});

test('a broken picture is REJECTED at once, by a row that expires', async () => {
  wire.answers[`GET ${UPLOAD}`] = () => ({ body: photo.subarray(0, 2000), headers: { etag: '"e"' } });
  expect(await handler(event(notification()), context)).toEqual({ batchItemFailures: [] });
  const settled = wire.calls.find(({ operation }) => operation === 'PutItem')?.body;
  expect(settled.Item).toMatchObject({
    status: { S: 'REJECTED' },
    reason: { S: 'TRUNCATED' },
    ttl: { N: expect.any(String) },
  });
});
