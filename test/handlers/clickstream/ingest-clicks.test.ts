import { catchLog, type Log } from '../../shared/support/log';
import { CHROME, click, context, post, Refused, startClicksWire, type Wire } from './aws';

let wire: Wire;
let log: Log;
let ingest: typeof import('../../../services/clickstream/handlers/ingest-clicks').handler;

beforeAll(async () => {
  wire = await startClicksWire();
  ({ handler: ingest } = await import('../../../services/clickstream/handlers/ingest-clicks'));
});
afterAll(() => wire.close());

beforeEach(() => {
  log = catchLog();
  wire.calls.length = 0;
  wire.answers = { PutRecord: () => ({ ShardId: 'shardId-000000000000', SequenceNumber: '1' }) };
});

const send = async (body: unknown, headers?: Record<string, string>) => {
  const result = await ingest(post(body, headers), context());
  return { status: result.statusCode, headers: result.headers, body: JSON.parse(result.body ?? '{}') };
};

interface Line {
  [name: string]: unknown;
}

const put = (): { PartitionKey: string; lines: Line[]; text: string } => {
  const { PartitionKey, Data } = wire.calls[0]?.body ?? {};
  const text = Buffer.from(Data ?? '', 'base64').toString('utf8');
  return {
    PartitionKey,
    text,
    lines: text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  };
};

const call = (events: unknown[], sessionId = 'ses_1') => ({ sessionId, events });

test('a call becomes one record of JSON lines under its session', async () => {
  const events = [click({ page: '/a' }), click({ page: '/b', productId: 'prd_1', campaign: 'autumn' })];
  expect(await send(call(events))).toMatchObject({ status: 202, body: { accepted: 2, rejected: 0 } });
  expect(wire.operations()).toEqual(['PutRecord']);
  expect(put().PartitionKey).toBe('ses_1');
  expect(put().text.endsWith('\n')).toBe(true);
  expect(put().lines).toMatchObject([
    {
      kind: 'view',
      page: '/a',
      sessionId: 'ses_1',
      device: 'desktop',
      key: expect.stringMatching(/^.{11}$/),
    },
    { page: '/b', productId: 'prd_1', campaign: 'autumn' },
  ]);
});

test('500 events of usual length are taken, 501 are not', async () => {
  const events = Array.from({ length: 500 }, (_, n) =>
    click({ page: `/products/some-product-with-a-long-name-${n}`, productId: `prd_${n}` }),
  );
  expect(JSON.stringify(events).length).toBeGreaterThan(64 * 1024);
  expect((await send(call(events))).body).toEqual({ accepted: 500, rejected: 0 });
  expect(await send(call([...events, click()]))).toMatchObject({ status: 400 });
});

test('sendBeacon sends text/plain', async () => {
  const sent = await send(JSON.stringify(call([click()])), { 'content-type': 'text/plain;charset=UTF-8' });
  expect(sent).toMatchObject({ status: 202, body: { accepted: 1 } });
});

test('the same call sent again has the same keys, another session others', async () => {
  const keys: unknown[][] = [];
  const events = [click({ id: '1' }), click({ id: '2' }), { nonsense: 1 }];
  for (const session of ['ses_1', 'ses_1', 'ses_2']) {
    wire.calls.length = 0;
    await send(call(events, session));
    keys.push(put().lines.map(({ key }) => key));
  }
  expect(keys[0]).toEqual(keys[1]);
  expect(keys[2]?.some((key) => keys[0]?.includes(key))).toBe(false);
});

test.each([
  ['another kind', { kind: 'scroll' }],
  ['no id', { id: undefined }],
  ['an id with an address in it', { id: 'ada@example.com' }],
  ['no page', { page: undefined }],
  ['an empty page', { page: '' }],
  ['a page that is only a query', { page: '?q=1' }],
  ['a page longer than a key', { page: `/${'ü'.repeat(500)}` }],
  ['a page with a line break', { page: '/a\n/b' }],
  ['an object for a page', { page: { $gt: '' } }],
  ['no time', { at: undefined }],
  ['a time in words', { at: 'yesterday' }],
  ['a day that does not exist', { at: '2026-13-41T00:00:00Z' }],
  ['a time of another century', { at: '1970-01-01T00:00:00Z' }],
  ['a time in the far future', { at: '2999-01-01T00:00:00Z' }],
  ['a number for a product', { productId: 7 }],
])('an event with %s is rejected and counted, its neighbour taken', async (_what, wrong) => {
  const sent = await send(call([click({ page: '/good' }), click(wrong)]));
  expect(sent.body).toEqual({ accepted: 1, rejected: 1 });
  expect(put().lines).toMatchObject([{ page: '/good' }, { kind: 'malformed', count: 1 }]);
});

test.each([null, 7, 'text', [], true])('%p is no event', async (event) => {
  expect((await send(call([event]))).body).toEqual({ accepted: 0, rejected: 1 });
});

test.each([
  ['no session', { events: [click()] }, 400, 'VALIDATION_FAILED'],
  ['a session with an address in it', call([click()], 'ada@example.com'), 400, 'VALIDATION_FAILED'],
  ['no events', call([]), 400, 'VALIDATION_FAILED'],
  ['an object for events', { sessionId: 's', events: {} }, 400, 'VALIDATION_FAILED'],
  ['more than it may have', { ...call([click()]), ip: '1' }, 400, 'VALIDATION_FAILED'],
  ['half of its JSON', '{"sessionId":', 400, 'VALIDATION_FAILED'],
  ['300 KB', call([click({ page: 'x'.repeat(300_000) })]), 413, 'BODY_TOO_LARGE'],
])('a call with %s is refused and nothing is kept', async (_what, body, status, code) => {
  expect(await send(body)).toMatchObject({ status, body: { code } });
  expect(wire.calls).toEqual([]);
});

test('a body of another type is refused', async () => {
  expect(await send(call([click()]), { 'content-type': 'application/xml' })).toMatchObject({ status: 415 });
});

test.each([
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0 Safari/537.36',
  'python-requests/2.31',
  'curl/8.5.0',
])('what %s sends is counted as a bot’s, not as clicks', async (agent) => {
  expect((await send(call([click(), click({ n: 2 })]), { 'user-agent': agent })).body).toEqual({
    accepted: 0,
    rejected: 2,
  });
  expect(put().lines).toMatchObject([{ kind: 'bot', count: 2 }]);
  expect(put().text).not.toContain('/mug');
});

test.each([
  [CHROME, 'desktop'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1',
    'mobile',
  ],
  [
    'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1',
    'tablet',
  ],
  ['okhttp/4.12.0', 'unknown'],
])('%s is taken for a %s', async (agent, device) => {
  await send(call([click()]), { 'user-agent': agent });
  expect(put().lines).toMatchObject([{ device }]);
});

test('of where a click came from the host is kept, of a page its path', async () => {
  await send(call([click({ page: '/search?q=ada@example.com#top' })]), {
    referer: 'https://news.example.org/story/7?reader=ada',
  });
  expect(put().lines).toMatchObject([{ page: '/search', referrer: 'news.example.org' }]);
  expect(put().text).not.toContain('ada');
});

test('who opted out is counted without a session, and nobody’s address is kept or logged', async () => {
  const sent = await send(call([click({ kind: 'session_start' })], 'ses_secret'), { 'sec-gpc': '1' });
  expect(sent.body).toEqual({ accepted: 1, rejected: 0 });
  expect(JSON.stringify(wire.calls[0]?.body) + put().text).not.toMatch(/ses_secret|203\.0\.113/);
  await send(call([click()]));
  expect(wire.calls.map(({ body }) => JSON.stringify(body)).join() + put().text + log.text()).not.toContain(
    '203.0.113',
  );
});

test('of who opted out no id is kept that the page could have chosen', async () => {
  const chosen = { 'sec-gpc': '1', 'x-correlation-id': 'session-in-disguise' };
  const sent = await send(call([click()]), chosen);
  expect(sent.headers?.['x-correlation-id']).toBe('session-in-disguise');
  expect(put().text).not.toContain('disguise');
  expect(put().lines).toMatchObject([{ correlationId: expect.stringMatching(/^cor_/) }]);
});

test('a call of somebody who opted out goes the same way when it is sent again', async () => {
  const body = call([click({ id: 'x1' }), click({ id: 'x2' })]);
  await send(body, { 'sec-gpc': '1' });
  await send(body, { 'sec-gpc': '1' });
  const [first, second] = wire.calls.map(({ body: { PartitionKey } }) => PartitionKey);
  expect(first).toBe(second);
});

test.each(['ProvisionedThroughputExceededException', 'KMSThrottlingException', 'ResourceNotFoundException'])(
  'where the stream answers %s the client is asked to send again',
  async (name) => {
    wire.answers.PutRecord = () => new Refused({ __type: name, message: 'no' });
    expect(await send(call([click()]))).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
      body: { code: 'UNAVAILABLE' },
    });
  },
  20_000,
);
