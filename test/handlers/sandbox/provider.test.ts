import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { type TinyDynamoDb, tinyDynamoDb } from '../../sandbox/support/tiny-dynamodb';

type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 15_000 } as Context;

let dynamodb: TinyDynamoDb;
const handlers: Record<string, Handler> = {};

beforeAll(async () => {
  dynamodb = await tinyDynamoDb();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: dynamodb.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    LOG_LEVEL: 'silent',
    SANDBOX_TABLE: 'sandbox',
    SANDBOX_URL: 'https://api.test/sandbox',
  });
  const [charge, ledger, change] = await Promise.all([
    import('../../../services/sandbox/handlers/charge-card'),
    import('../../../services/sandbox/handlers/read-ledger'),
    import('../../../services/sandbox/handlers/change-charge'),
  ]);
  handlers['POST /sandbox/charges'] = charge.handler;
  handlers['GET /sandbox/charges'] = ledger.handler;
  handlers.change = change.handler;
});
afterAll(() => dynamodb.close());

interface Call {
  key?: string;
  body?: unknown;
  id?: string;
  query?: Record<string, string>;
}

async function call(route: string, { key, body, id, query }: Call = {}) {
  const event = {
    version: '2.0',
    routeKey: route,
    rawPath: route.split(' ')[1],
    rawQueryString: '',
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(key && { 'idempotency-key': key }),
    },
    requestContext: { http: { method: route.split(' ')[0] } },
    body: body === undefined ? undefined : JSON.stringify(body),
    queryStringParameters: query,
    pathParameters: id ? { id } : undefined,
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const handler = (handlers[route] ?? handlers.change) as Handler;
  const result = await handler(event, context);
  return { status: result.statusCode, text: result.body ?? '', body: JSON.parse(result.body ?? 'null') };
}

let count = 0;
const newKey = () => {
  count += 1;
  return `pay#ord_${count}`;
};
const charge = (token: string, key = newKey(), more = {}) =>
  call('POST /sandbox/charges', {
    key,
    body: { reference: key.slice(4), amount: 1999, currency: 'EUR', token, ...more },
  });
const ledger = async (key: string) =>
  (await call('GET /sandbox/charges', { query: { reference: key.slice(4) } })).body.items;

describe('the sandbox provider', () => {
  test('a charge is in the ledger with exactly the fields of the contract', async () => {
    const key = newKey();
    const made = await charge('tok_visa', key);
    expect(made.status).toBe(201);
    expect(await ledger(key)).toEqual([
      {
        id: expect.stringMatching(/^chg_/),
        reference: key.slice(4),
        amount: 1999,
        currency: 'EUR',
        status: 'succeeded',
        refunded: 0,
        createdAt: expect.stringMatching(/Z$/),
      },
    ]);
  });

  test('a decline is 402 with its code, in the ledger too', async () => {
    const key = newKey();
    const declined = await charge('tok_insufficient_funds', key);
    expect(declined).toMatchObject({ status: 402, body: { decline_code: 'insufficient_funds' } });
    expect(await ledger(key)).toMatchObject([{ status: 'declined', refunded: 0 }]);
  });

  test('fifty arrivals of a key at once make one charge, and get one answer', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 50 }, () => charge('tok_visa', key)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await ledger(key)).toHaveLength(1);
  });

  test('500, 500, then a charge', async () => {
    const key = newKey();
    const answers = [
      await charge('tok_error_twice', key),
      await charge('tok_error_twice', key),
      await charge('tok_error_twice', key),
    ];
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 201]);
    expect(await ledger(key)).toHaveLength(1);
  });

  test('a slow charge that is abandoned while under way never happens', async () => {
    const key = newKey();
    const slow = charge('tok_slow', key);
    expect((await call('POST /sandbox/abandonments', { body: { key } })).body).toEqual({ key, closed: true });
    expect(await slow).toMatchObject({ status: 409, body: { code: 'CONFLICT', reason: 'KEY_CLOSED' } });
    expect(await ledger(key)).toEqual([]);
  });

  test('abandoning a captured charge gives it back, net 0', async () => {
    const key = newKey();
    await charge('tok_visa', key);
    await call('POST /sandbox/abandonments', { body: { key } });
    expect(await ledger(key)).toMatchObject([{ status: 'refunded', amount: 1999, refunded: 1999 }]);
  });

  test('an action: its url ends in /actions/{id}, and POST there ends it', async () => {
    const key = newKey();
    const { body } = await charge('tok_requires_action', key);
    expect(body).toMatchObject({ status: 'requires_action', nextAction: { type: 'redirect' } });
    expect(body.nextAction.url).toBe(`https://api.test/sandbox/actions/${body.id}`);
    const done = await call('POST /sandbox/actions/{id}', { id: body.id, body: { outcome: 'succeed' } });
    expect(done).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    const again = await call('POST /sandbox/actions/{id}', { id: body.id, body: { outcome: 'fail' } });
    expect(again).toMatchObject({ status: 409, body: { code: 'ILLEGAL_TRANSITION' } });
  });

  test('expire and capture', async () => {
    const waiting = await charge('tok_requires_action');
    const expired = await call('POST /sandbox/charges/{id}/expire', { id: waiting.body.id });
    expect(expired).toMatchObject({ status: 200, body: { status: 'expired' } });
    const held = await charge('tok_visa', newKey(), { capture: false });
    expect(held.body.status).toBe('authorized');
    const captured = await call('POST /sandbox/charges/{id}/capture', { id: held.body.id, body: {} });
    expect(captured).toMatchObject({ status: 200, body: { status: 'succeeded' } });
  });

  test('refunds: in part, replayed by key, and never more than is left', async () => {
    const { body } = await charge('tok_visa');
    const refund = (key: string, amount?: number) =>
      call('POST /sandbox/charges/{id}/refunds', { id: body.id, key, body: { amount } });
    const first = await refund('refund#1', 999);
    expect(first).toMatchObject({
      status: 201,
      body: { charge: { status: 'partially_refunded', refunded: 999 } },
    });
    expect((await refund('refund#1', 999)).text).toBe(first.text);
    expect(await refund('refund#2', 1001)).toMatchObject({
      status: 409,
      body: { code: 'REFUND_EXCEEDS_CAPTURE' },
    });
    expect(await refund('refund#3')).toMatchObject({ status: 201, body: { charge: { status: 'refunded' } } });
  });

  test('the ledger since a time, page by page, oldest first, each charge once', async () => {
    const since = new Date().toISOString();
    const keys = Array.from({ length: 7 }, newKey);
    for (const key of keys) await charge('tok_visa', key);
    const found: { reference: string; createdAt: string }[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await call('GET /sandbox/charges', {
        query: { since, limit: '3', ...(cursor && { cursor }) },
      });
      found.push(...body.items);
      cursor = body.nextCursor;
    } while (cursor);
    expect(found.map(({ reference }) => reference).sort()).toEqual(keys.map((key) => key.slice(4)).sort());
    expect([...found].sort((a, b) => a.createdAt.localeCompare(b.createdAt))).toEqual(found);
  });

  test('by key, strongly consistent; an unknown key has no charge', async () => {
    const key = newKey();
    await charge('tok_visa', key);
    expect((await call('GET /sandbox/charges', { query: { key } })).body.items).toHaveLength(1);
    expect((await call('GET /sandbox/charges', { query: { key: 'pay#nobody' } })).body).toEqual({
      items: [],
    });
  });
});

describe('what the sandbox refuses', () => {
  const body = { reference: 'ord_x', amount: 1, currency: 'EUR', token: 'tok_visa' };
  test.each([
    ['no key', undefined, body, 400, 'IDEMPOTENCY_KEY_INVALID'],
    ['a key with a space', 'a b', body, 400, 'IDEMPOTENCY_KEY_INVALID'],
    ['a negative amount', 'k', { ...body, amount: -1 }, 400, 'VALIDATION_FAILED'],
    ['an amount of 1e21', 'k', { ...body, amount: 1e21 }, 400, 'VALIDATION_FAILED'],
    ['an unknown field', 'k', { ...body, price: 1 }, 400, 'VALIDATION_FAILED'],
    ['a currency in words', 'k', { ...body, currency: 'Euro' }, 400, 'VALIDATION_FAILED'],
    ['a reference of 65 characters', 'k', { ...body, reference: 'x'.repeat(65) }, 400, 'VALIDATION_FAILED'],
  ])('%s', async (_what, key, sent, status, code) => {
    const stored = dynamodb.items.size;
    expect(await call('POST /sandbox/charges', { key, body: sent })).toMatchObject({
      status,
      body: { code },
    });
    expect(dynamodb.items.size).toBe(stored);
  });

  test('another body under one key', async () => {
    const key = newKey();
    await charge('tok_visa', key);
    expect(await charge('tok_visa', key, { amount: 1 })).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  test.each([
    [{}, 'VALIDATION_FAILED'],
    [{ reference: 'a', key: 'b' }, 'VALIDATION_FAILED'],
    [{ since: 'yesterday' }, 'VALIDATION_FAILED'],
    [{ since: '2026-13-45' }, 'VALIDATION_FAILED'],
    [{ reference: 'a', limit: '0' }, 'VALIDATION_FAILED'],
    [{ reference: 'a', cursor: 'forged' }, 'CURSOR_INVALID'],
  ])('GET with %j', async (query, code) => {
    expect(await call('GET /sandbox/charges', { query })).toMatchObject({ status: 400, body: { code } });
  });

  test('a charge that is not there', async () => {
    const id = 'chg_00000000000000000000000000';
    expect(await call('POST /sandbox/charges/{id}/expire', { id })).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
    expect(await call('POST /sandbox/charges/{id}/expire', { id: '../x' })).toMatchObject({ status: 400 });
  });
});
