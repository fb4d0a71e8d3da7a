import { catchLog } from '../../shared/support/log';
import { context, startClicksWire, type Wire } from './aws';

let wire: Wire;
let read: typeof import('../../../services/clickstream/handlers/get-click-figures').handler;

beforeAll(async () => {
  wire = await startClicksWire();
  ({ handler: read } = await import('../../../services/clickstream/handlers/get-click-figures'));
});
afterAll(() => wire.close());

beforeEach(() => {
  catchLog();
  wire.calls.length = 0;
  wire.answers = {};
});

const get = async (query: Record<string, string>, groups = '[staff]') => {
  const event = {
    headers: {},
    queryStringParameters: query,
    requestContext: { authorizer: { jwt: { claims: { sub: 'stan', 'cognito:groups': groups } } } },
  };
  const result = await read(event as never, context());
  return { status: result.statusCode, body: JSON.parse(result.body ?? '{}') };
};

const MINUTE = '2030-01-01T12:05:00.000Z';
const row = (key: string, shard: string, counts: Record<string, number>, minute = MINUTE) => ({
  pk: { S: 'pk' },
  sk: { S: `${minute.slice(11, 16)}#${key}#${shard}` },
  minute: { S: minute },
  key: { S: key },
  ttl: { N: '1' },
  ...Object.fromEntries(Object.entries(counts).map(([name, many]) => [name, { N: String(many) }])),
});

const inBucket = (bucket: number, ...Items: object[]) => {
  wire.answers.Query = ({ ExpressionAttributeValues: values }) => ({
    Items: values[':pk'].S.endsWith(`#${bucket}`) ? Items : [],
  });
};

const RANGE = { from: '2030-01-01T12:00:30Z', to: '2030-01-01T12:10:00Z' };

test('the shards of a key are summed', async () => {
  inBucket(2, row('/a', 'shard-2', { view: 3 }), row('/a', 'shard-1', { view: 4, cart: 1 }));
  expect((await get({ by: 'page', ...RANGE })).body).toEqual({
    items: [{ minute: MINUTE, key: '/a', counts: { view: 7, cart: 1 } }],
  });
});

test('a summary is shown by kind, and nothing of robots among them', async () => {
  inBucket(0, row('', 's', { view: 3, cart: 1, bot: 9, session: 1, session_start: 1, 'mobile:view': 3 }));
  const items = async (by: string) => (await get({ by, ...RANGE })).body.items;
  expect(await items('kind')).toEqual([
    { minute: MINUTE, key: 'view', counts: { view: 3 } },
    { minute: MINUTE, key: 'session_start', counts: { session_start: 1 } },
    { minute: MINUTE, key: 'cart', counts: { cart: 1 } },
  ]);
  expect(await items('filtered')).toEqual([{ minute: MINUTE, key: 'bot', counts: { bot: 9 } }]);
  expect(await items('funnel')).toEqual([{ minute: MINUTE, key: 'funnel', counts: { view: 3, cart: 1 } }]);
});

test('only the days and minutes of the range are read', async () => {
  await get({ by: 'product', from: '2029-12-31T23:59:30Z', to: '2030-01-01T00:01:00Z' });
  const asked = wire.calls.map(({ body }) => body.ExpressionAttributeValues);
  expect(asked.filter((values) => values[':pk'].S.startsWith('product#2030-01-01#'))).toHaveLength(4);
  expect(asked[0]).toMatchObject({ ':from': { S: '0' }, ':to': { S: '00:01~' } });
  expect(asked.at(-1)).toMatchObject({ ':from': { S: '23:59' }, ':to': { S: '~' } });
});

test('a page ends behind `limit`, and the next one begins there', async () => {
  inBucket(1, row('/b', 's', { view: 1 }), row('/a', 's', { view: 1 }));
  const first = await get({ by: 'page', limit: '1', ...RANGE });
  expect(first.body.items).toMatchObject([{ key: '/b' }]);
  wire.calls.length = 0;
  await get({ by: 'page', limit: '1', cursor: first.body.nextCursor, ...RANGE });
  expect(wire.calls[0]?.body.ExpressionAttributeValues).toMatchObject({ ':to': { S: '12:05#/b#' } });
});

test.each([
  ['by=colour', { by: 'colour' }, 'VALIDATION_FAILED'],
  ['a time in words', { from: 'yesterday' }, 'VALIDATION_FAILED'],
  ['a day that is none', { to: '2030-13-41T00:00:00Z' }, 'VALIDATION_FAILED'],
  ['its ends the wrong way round', { from: RANGE.to, to: RANGE.from }, 'VALIDATION_FAILED'],
  ['more than 31 days', { from: '2030-01-01T00:00:00Z', to: '2030-03-01T00:00:00Z' }, 'VALIDATION_FAILED'],
  ['limit=0', { limit: '0' }, 'VALIDATION_FAILED'],
  ['a forged cursor', { cursor: 'Zm9yZ2Vk' }, 'CURSOR_INVALID'],
])('with %s is 400 and reads nothing', async (_what, query, code) => {
  expect(await get(query as Record<string, string>)).toMatchObject({ status: 400, body: { code } });
  expect(wire.calls).toEqual([]);
});

test('a cursor of another view is not one of this list', async () => {
  inBucket(1, row('/b', 's', { view: 1 }), row('/a', 's', { view: 1 }));
  const { nextCursor: cursor } = (await get({ by: 'page', limit: '1', ...RANGE })).body;
  expect((await get({ by: 'product', limit: '1', cursor, ...RANGE })).body.code).toBe('CURSOR_INVALID');
});

test('a customer is refused', async () => {
  expect((await get({}, '[]')).body.code).toBe('FORBIDDEN');
});
