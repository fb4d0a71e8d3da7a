import { catchLog } from '../../shared/support/log';
import { bodyOf, conditionFailed, type HttpHandler, request } from '../orders/support';
import { context, Refused, startWire, type Wire } from './wire';

const ID = 'prd_01KA000008ENAME1MVG0000000';

let wire: Wire;
let create: HttpHandler;
let edit: HttpHandler;
let move: HttpHandler;
let movements: HttpHandler;
const log = catchLog();

beforeAll(async () => {
  wire = await startWire({
    PRODUCTS_TABLE: 'products',
    PRODUCT_WORDS_TABLE: 'words',
    STOCK_TABLE: 'stock',
    MOVEMENTS_TABLE: 'movements',
    AUDIT_LOG_TABLE: 'audit',
    IDEMPOTENCY_TABLE: 'idempotency',
    LOG_LEVEL: 'info',
  });
  ({ handler: create } = await import('../../../services/inventory/handlers/create-product'));
  ({ handler: edit } = await import('../../../services/inventory/handlers/edit-product'));
  ({ handler: move } = await import('../../../services/inventory/handlers/move-stock'));
  ({ handler: movements } = await import('../../../services/inventory/handlers/list-movements'));
});
afterAll(() => wire.close());

const product = (over: object = {}) => ({
  Item: {
    id: { S: ID },
    name: { S: 'Mug' },
    description: { S: 'Blue' },
    category: { S: 'table' },
    price: { M: { amount: { N: '1450' }, currency: { S: 'EUR' } } },
    status: { S: 'active' },
    version: { N: '3' },
    shards: { N: '1' },
    shardRows: { N: '1' },
    tokens: { L: [{ S: 'word#mug' }, { S: 'category#table' }] },
    images: { L: [] },
    createdAt: { S: '2030-01-01T00:00:00.000Z' },
    updatedAt: { S: '2030-01-01T00:00:00.000Z' },
    ...over,
  },
});

const stockRow = {
  ...{ shard: { S: `${ID}#0` }, productId: { S: ID } },
  ...{ available: { N: '10' }, version: { N: '7' } },
};

beforeEach(() => {
  wire.calls.length = 0;
  wire.answers = {
    GetItem: ({ TableName }) => (TableName === 'products' ? product() : {}),
    TransactGetItems: () => ({ Responses: [product(), { Item: stockRow }] }),
    BatchGetItem: () => ({ Responses: { stock: [stockRow] } }),
  };
});

const asStaff = (given: Parameters<typeof request>[0], groups = '[staff]') => {
  const event = request(given);
  const { jwt } = (event.requestContext as unknown as { authorizer: { jwt: { claims: object } } }).authorizer;
  Object.assign(jwt.claims, { 'cognito:groups': groups });
  return event;
};

const teapot = (over: object = {}) => ({
  name: 'Teapot',
  description: 'Holds what it says.',
  category: 'table',
  price: { amount: 3900, currency: 'EUR' },
  stock: 12,
  ...over,
});
const path = { id: ID };
const seen = { 'if-match': '"3-10"' };

type Case = [
  what: string,
  given: Parameters<typeof request>[0],
  status: number,
  code: string,
  pointer?: string,
];

const refusals = (handler: () => HttpHandler, cases: Case[]) =>
  test.each(cases.map((one) => [one[0], one] as const))('refuses %s before any call', async (_what, one) => {
    const [, given, status, code, pointer] = one;
    const result = await handler()(asStaff(given), context());
    const problem = bodyOf(result);
    expect([result.statusCode, problem.code, problem.errors?.[0].pointer]).toEqual([status, code, pointer]);
    expect(wire.calls).toEqual([]);
  });

const bad = (pointer: string): [number, string, string] => [400, 'VALIDATION_FAILED', pointer];
const card = (pointer: string): [number, string, string] => [400, 'CARD_NUMBER_REFUSED', pointer];
const CARD = 'paid with 4111 1111 1111 1111';

describe('POST /products', () => {
  refusals(
    () => create,
    [
      ['an empty body', { body: {} }, ...bad('/name')],
      ['an empty name', { body: teapot({ name: '' }) }, ...bad('/name')],
      ['a name of 201 characters', { body: teapot({ name: 'x'.repeat(201) }) }, ...bad('/name')],
      ['a control character', { body: teapot({ description: 'a\u0000b' }) }, ...bad('/description')],
      ['a category that is a number', { body: teapot({ category: 7 }) }, ...bad('/category')],
      [
        'a price below zero',
        { body: teapot({ price: { amount: -1, currency: 'EUR' } }) },
        ...bad('/price/amount'),
      ],
      [
        'a price in parts of cents',
        { body: teapot({ price: { amount: 1.5, currency: 'EUR' } }) },
        ...bad('/price/amount'),
      ],
      [
        'a currency that is none',
        { body: teapot({ price: { amount: 1, currency: 'euro' } }) },
        ...bad('/price/currency'),
      ],
      ['stock below zero', { body: teapot({ stock: -1 }) }, ...bad('/stock')],
      ['stock as text', { body: teapot({ stock: '5' }) }, ...bad('/stock')],
      ['a field it does not know', { body: teapot({ status: 'active' }) }, ...bad('/status')],
      ['a card number in a name', { body: teapot({ name: CARD }) }, ...card('/name')],
      ['what is not JSON', { body: '{' }, 400, 'VALIDATION_FAILED', ''],
      [
        'no key',
        { body: teapot(), headers: { 'idempotency-key': undefined } },
        400,
        'IDEMPOTENCY_KEY_INVALID',
        '/header/idempotency-key',
      ],
    ],
  );

  test('is for staff alone', async () => {
    for (const groups of ['', '[customer]', '[staffer]']) {
      const result = await create(asStaff({ body: teapot() }, groups), context());
      expect([result.statusCode, bodyOf(result).code]).toEqual([403, 'FORBIDDEN']);
    }
    expect(wire.calls).toEqual([]);
  });

  test('writes reply, audit entry, product, words, stock and movement in one call', async () => {
    const result = await create(asStaff({ body: teapot() }), context());
    expect(result.statusCode).toBe(201);
    expect(result.headers).toMatchObject({ etag: '"1-12"', location: `/products/${bodyOf(result).id}` });
    expect(wire.operations()).toEqual(['TransactWriteItems']);
    const tables = wire.calls[0]?.body.TransactItems.map(
      ({ Put, Update }: { Put?: { TableName: string }; Update?: { TableName: string } }) =>
        (Put ?? Update)?.TableName,
    );
    expect(tables).toEqual(['idempotency', 'audit', 'products', 'words', 'words', 'stock', 'movements']);
  });

  test('asked for again gets the first answer; the same key for another product is 422', async () => {
    const first = await create(asStaff({ body: teapot() }), context());
    const Item = wire.calls[0]?.body.TransactItems[0].Put.Item;
    wire.answers.TransactWriteItems = () => conditionFailed({ Code: 'ConditionalCheckFailed', Item });
    const again = await create(asStaff({ body: teapot() }), context());
    expect([again.statusCode, again.body]).toEqual([201, first.body]);
    expect(again.headers?.['idempotent-replayed']).toBe('true');
    const other = await create(asStaff({ body: teapot({ stock: 13 }) }), context());
    expect([other.statusCode, bodyOf(other).code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });
});

describe('PATCH /products/{id}', () => {
  const with_ = (body: unknown, headers: Record<string, string | undefined> = seen) => ({
    body,
    headers,
    path,
  });

  refusals(
    () => edit,
    [
      ['nothing to change', with_({}), ...bad('')],
      ['no If-Match', with_({ name: 'Cup' }, {}), 428, 'IF_MATCH_REQUIRED'],
      ['an If-Match that is none of ours', with_({ name: 'Cup' }, { 'if-match': 'W/"3"' }), 412, 'STALE'],
      ['a status other than retired', with_({ status: 'active' }), ...bad('/status')],
      ['no shard', with_({ stockShards: 0 }), ...bad('/stockShards')],
      ['nine shards', with_({ stockShards: 9 }), ...bad('/stockShards')],
      ['a threshold below zero', with_({ lowStockBelow: -1 }), ...bad('/lowStockBelow')],
      ['a backorder without its limit', with_({ backorder: {} }), ...bad('/backorder/limit')],
      ['a backorder below zero', with_({ backorder: { limit: -1 } }), ...bad('/backorder/limit')],
      [
        'a date that is none',
        with_({ backorder: { limit: 1, expectedAt: 'soon' } }),
        ...bad('/backorder/expectedAt'),
      ],
      ['stock', with_({ stock: 5 }), ...bad('/stock')],
      ['a version', with_({ version: 9 }), ...bad('/version')],
      ['a card number', with_({ description: CARD }), ...card('/description')],
    ],
  );

  test('is for staff alone', async () => {
    const result = await edit(asStaff(with_({ name: 'Cup' }), ''), context());
    expect([result.statusCode, wire.calls]).toEqual([403, []]);
  });

  test('takes the ETag of the product as it was shown, with its stock', async () => {
    const result = await edit(asStaff(with_({ name: 'Cup' })), context());
    expect([result.statusCode, result.headers?.etag]).toEqual([200, '"4-10"']);
    const stale = await edit(asStaff(with_({ name: 'Cup' }, { 'if-match': '"2-10"' })), context());
    expect([stale.statusCode, bodyOf(stale).code]).toEqual([412, 'STALE']);
  });

  test('that is made is 200, though orders then keep it from being spread, or even from being read at one moment', async () => {
    const busy = () => conditionFailed({ Code: 'TransactionConflict' });
    let writes = 0;
    wire.answers = {
      ...wire.answers,
      TransactWriteItems: () => (++writes === 1 ? {} : busy()),
      TransactGetItems: busy,
    };
    const result = await edit(asStaff(with_({ stockShards: 8 })), context());
    expect([result.statusCode, result.headers?.etag]).toEqual([200, '"4-10"']);
    expect(bodyOf(result)).toMatchObject({ version: 4, available: 10 });
  });

  test('of a product that is not there is 404, of a retired one 409', async () => {
    wire.answers.GetItem = () => ({});
    expect((await edit(asStaff(with_({ name: 'Cup' })), context())).statusCode).toBe(404);
    wire.answers.GetItem = () => product({ status: { S: 'retired' } });
    const retired = await edit(asStaff(with_({ name: 'Cup' })), context());
    expect([retired.statusCode, bodyOf(retired).code]).toEqual([409, 'ILLEGAL_TRANSITION']);
  });
});

describe('POST /products/{id}/stock', () => {
  const with_ = (body: unknown) => ({ body, path });

  refusals(
    () => move,
    [
      ['no delta', with_({ reason: 'Counted' }), ...bad('/delta')],
      ['a delta of nothing', with_({ delta: 0, reason: 'Counted' }), ...bad('/delta')],
      ['a part of a unit', with_({ delta: 0.5, reason: 'Counted' }), ...bad('/delta')],
      ['a million and one', with_({ delta: 1_000_001, reason: 'Counted' }), ...bad('/delta')],
      ['a delta as text', with_({ delta: '5', reason: 'Counted' }), ...bad('/delta')],
      ['no reason', with_({ delta: 5 }), ...bad('/reason')],
      ['an empty reason', with_({ delta: 5, reason: '' }), ...bad('/reason')],
      ['a card number as the reason', with_({ delta: 5, reason: CARD }), ...card('/reason')],
    ],
  );

  test('is for staff alone', async () => {
    const result = await move(asStaff(with_({ delta: 5, reason: 'Counted' }), ''), context());
    expect([result.statusCode, wire.calls]).toEqual([403, []]);
  });

  test('that would take what orders hold is 409 with the reason, unless it was done before', async () => {
    const asked = asStaff(with_({ delta: -11, reason: 'Counted' }));
    const result = await move(asked, context());
    expect([result.statusCode, bodyOf(result)]).toMatchObject([
      409,
      {
        code: 'ILLEGAL_TRANSITION',
        detail: '10 units are not held or sold, so 11 cannot be taken away.',
      },
    ]);
    expect(wire.operations()).not.toContain('TransactWriteItems');
  });

  test('is 409 to be sent again while others keep winning, and 503 while nothing can be reached', async () => {
    wire.answers.TransactWriteItems = () => conditionFailed({ Code: 'TransactionConflict' });
    const lost = await move(asStaff(with_({ delta: -1, reason: 'Counted' })), context());
    expect([lost.statusCode, lost.headers?.['retry-after']]).toEqual([409, '1']);
    wire.answers.TransactGetItems = () => new Refused({ __type: 'InternalServerError' });
    expect((await move(asStaff(with_({ delta: -1, reason: 'Counted' })), context())).statusCode).toBe(503);
  });

  test('on the condition of a version that is gone is 412', async () => {
    const body = { delta: 1, reason: 'Counted' };
    const sent = (version: string) => asStaff({ body, path, headers: { 'if-match': version } });
    expect((await move(sent('"3-10"'), context())).statusCode).toBe(200);
    expect((await move(sent('"2-10"'), context())).statusCode).toBe(412);
  });

  test('is written on the condition of the product, and of each shard while there is a backorder', async () => {
    const backorder = { M: { limit: { N: '4' }, expectedAt: { S: '2030-02-01' } } };
    const rows = [product({ shardRows: { N: '2' }, shards: { N: '2' }, backorder }), { Item: stockRow }];
    const other = { Item: { ...stockRow, shard: { S: `${ID}#1` }, available: { N: '3' } } };
    wire.answers.GetItem = ({ TableName }) => (TableName === 'products' ? rows[0] : {});
    wire.answers.TransactGetItems = () => ({ Responses: [...rows, other] });
    expect((await move(asStaff(with_({ delta: -9, reason: 'Counted' })), context())).statusCode).toBe(200);
    const items = wire.calls.find(({ operation }) => operation === 'TransactWriteItems')?.body.TransactItems;
    const conditions = items.flatMap((item: Record<string, Record<string, unknown>>) => {
      const { TableName, Key, ConditionExpression, ExpressionAttributeValues } = Object.values(item)[0] ?? {};
      return ['products', 'stock'].includes(String(TableName))
        ? [[Object.keys(item)[0], Key, ConditionExpression, ExpressionAttributeValues]]
        : [];
    });
    expect(conditions).toEqual([
      ['ConditionCheck', { id: { S: ID } }, '#version = :version', { ':version': { N: '3' } }],
      [
        'Update',
        { shard: { S: `${ID}#0` } },
        '#available >= :needed AND #available = :seen',
        expect.objectContaining({ ':seen': { N: '10' }, ':needed': { N: '9' } }),
      ],
      ['ConditionCheck', { shard: { S: `${ID}#1` } }, '#available = :seen', { ':seen': { N: '3' } }],
    ]);
  });

  test('keeps its reason out of the log', async () => {
    const reason = 'A very particular reason';
    expect((await move(asStaff(with_({ delta: 1, reason })), context())).statusCode).toBe(200);
    expect(JSON.stringify(log.lines)).not.toContain(reason);
  });
});

describe('GET /products/{id}/movements', () => {
  const of = (query: Record<string, string>) => asStaff({ path, query });

  test.each([
    [{ limit: '0' }, 'VALIDATION_FAILED'],
    [{ from: 'x' }, 'VALIDATION_FAILED'],
    [{ cursor: 'Zm9yZ2Vk' }, 'CURSOR_INVALID'],
  ])('refuses %j before any call', async (query, code) => {
    const result = await movements(of(query as Record<string, string>), context());
    expect([result.statusCode, bodyOf(result).code, wire.calls]).toEqual([400, code, []]);
  });

  test('is for staff alone, and pages newest first', async () => {
    expect((await movements(asStaff({ path }, ''), context())).statusCode).toBe(403);
    const row = (letter: string) => ({
      productId: { S: ID },
      id: { S: `mov_01KA00000000000000000000${letter}0` },
      kind: { S: 'restock' },
      units: { N: '5' },
    });
    wire.answers.Query = ({ ExpressionAttributeValues: values }) => ({
      Items: ['C', 'B', 'A'].map(row).filter(({ id }) => !values[':before'] || id.S < values[':before'].S),
    });
    const first = bodyOf(await movements(of({ limit: '2' }), context()));
    expect(first.items.map(({ id }: { id: string }) => id.at(-2))).toEqual(['C', 'B']);
    expect(first.items[0]).not.toHaveProperty('productId');
    const last = bodyOf(await movements(of({ limit: '2', cursor: first.nextCursor }), context()));
    expect(last).toEqual({ items: [expect.objectContaining({ units: 5 })] });
  });
});
