import { newProduct, type Product } from '../../../services/inventory/domain/product';
import { context, get, Refused, startWire, type Wire } from './wire';

let wire: Wire;
let listProducts: typeof import('../../../services/inventory/handlers/list-products').handler;
let getProduct: typeof import('../../../services/inventory/handlers/get-product').handler;

beforeAll(async () => {
  wire = await startWire({
    PRODUCTS_TABLE: 'products',
    PRODUCT_WORDS_TABLE: 'words',
    STOCK_TABLE: 'stock',
    PUBLIC_CALLS_PER_SECOND: '50',
  });
  ({ handler: listProducts } = await import('../../../services/inventory/handlers/list-products'));
  ({ handler: getProduct } = await import('../../../services/inventory/handlers/get-product'));
});
afterAll(() => wire.close());

const idOf = (letter: string) => `prd_01KA0000000000000000000000`.slice(0, -1) + letter;

const row = (letter: string, status = 'active') => ({
  id: { S: idOf(letter) },
  name: { S: `Mug ${letter}` },
  description: { S: 'Blue' },
  category: { S: 'table' },
  price: { M: { amount: { N: '1450' }, currency: { S: 'EUR' } } },
  status: { S: status },
  version: { N: '3' },
  shards: { N: '2' },
  images: { L: [] },
  createdAt: { S: '2030-01-01T00:00:00.000Z' },
  updatedAt: { S: '2030-01-01T00:00:00.000Z' },
  correlationId: { S: 'cor_1' },
  actor: { S: 'staff' },
  shelf: { S: 'shelf#1' },
});

/** Two shards of each product, 20 units in all. */
const stockOfEach = (body: { RequestItems: { stock: { Keys: { shard: { S: string } }[] } } }) => ({
  Responses: {
    stock: body.RequestItems.stock.Keys.map(({ shard }) => ({
      shard,
      productId: { S: shard.S.split('#')[0] },
      available: { N: shard.S.endsWith('#0') ? '15' : '5' },
    })),
  },
});

const SHELVES: Record<string, string[]> = {
  'shelf#0': ['D', 'A'],
  'shelf#1': ['C'],
  'shelf#2': [],
  'shelf#3': ['E', 'B'],
};

beforeEach(() => {
  wire.calls.length = 0;
  wire.answers = {
    Query: ({ ExpressionAttributeValues: values }) => ({
      Items: (SHELVES[values[':shelf'].S] ?? [])
        .filter((letter) => !values[':before'] || idOf(letter) < values[':before'].S)
        .map((letter) => row(letter)),
    }),
    GetItem: () => ({ Item: row('A') }),
    BatchGetItem: stockOfEach,
  };
});

const body = (result: { body?: string }) => JSON.parse(result.body ?? '');
const letters = (result: { body?: string }) => body(result).items.map(({ id }: { id: string }) => id.at(-1));

describe('GET /products', () => {
  test('merges the shelves newest first and pages by the last id', async () => {
    const first = await listProducts(get({ query: { limit: '2' } }), context());
    expect(letters(first)).toEqual(['E', 'D']);
    const second = await listProducts(
      get({ query: { limit: '2', cursor: body(first).nextCursor } }),
      context(),
    );
    expect(letters(second)).toEqual(['C', 'B']);
    const last = await listProducts(
      get({ query: { limit: '2', cursor: body(second).nextCursor } }),
      context(),
    );
    expect(letters(last)).toEqual(['A']);
    expect(body(last)).not.toHaveProperty('nextCursor');
  });

  test('asks the four shelves and the stock, and sums the shards', async () => {
    const result = await listProducts(get(), context());
    expect(wire.operations()).toEqual(['Query', 'Query', 'Query', 'Query', 'BatchGetItem']);
    expect(body(result).items.map(({ available }: { available: number }) => available)).toEqual([
      20, 20, 20, 20, 20,
    ]);
    expect(result.headers?.['cache-control']).toBe('public, max-age=10');
  });

  test('asks each shelf for its newest, one more than the page has', async () => {
    await listProducts(get({ query: { limit: '2' } }), context());
    expect(wire.calls[0]?.body).toMatchObject({ IndexName: 'byShelf', ScanIndexForward: false, Limit: 3 });
  });

  test('of an empty shop is an empty list', async () => {
    wire.answers.Query = () => ({ Items: [] });
    expect(body(await listProducts(get(), context()))).toEqual({ items: [] });
  });

  test.each([
    ['limit=0', { limit: '0' }, 'VALIDATION_FAILED'],
    ['limit=1.5', { limit: '1.5' }, 'VALIDATION_FAILED'],
    ['an unknown parameter', { colour: 'red' }, 'VALIDATION_FAILED'],
    ['a question without a word', { q: '!?' }, 'VALIDATION_FAILED'],
    ['a question of nine words', { q: 'a b c d e f g h i' }, 'VALIDATION_FAILED'],
    ['an empty category', { category: '' }, 'VALIDATION_FAILED'],
    ['a control character', { q: 'mug\u0000' }, 'VALIDATION_FAILED'],
    ['a question of 101 characters', { q: 'm'.repeat(101) }, 'VALIDATION_FAILED'],
    ['a forged cursor', { cursor: 'Zm9yZ2Vk' }, 'CURSOR_INVALID'],
    [
      'a cursor whose position is no product',
      { cursor: Buffer.from('{"position":"x"}').toString('base64url') },
      'CURSOR_INVALID',
    ],
  ])('with %s is 400 and makes no call', async (_name, query, code) => {
    const result = await listProducts(get({ query: query as Record<string, string> }), context());
    expect([result.statusCode, body(result).code]).toEqual([400, code]);
    expect(wire.calls).toEqual([]);
  });

  test('is 503 when keys stay unanswered', async () => {
    wire.answers.BatchGetItem = ({ RequestItems }) => ({ Responses: {}, UnprocessedKeys: RequestItems });
    const result = await listProducts(get(), context());
    expect([result.statusCode, result.headers?.['retry-after']]).toEqual([503, '1']);
  });
});

describe('GET /products/{id}', () => {
  const path = { id: idOf('A') };

  test('shows what the contract says and nothing of the row beyond', async () => {
    const result = await getProduct(get({ path }), context());
    expect(body(result)).toEqual({
      id: idOf('A'),
      name: 'Mug A',
      description: 'Blue',
      category: 'table',
      price: { amount: 1450, currency: 'EUR' },
      available: 20,
      images: [],
      version: 3,
    });
    expect(result.headers).toMatchObject({ etag: '"3-20"', 'cache-control': 'public, max-age=10' });
  });

  test('may lag a moment, unless it is asked for as it is now', async () => {
    const read = async (headers: Record<string, string>) => {
      expect((await getProduct(get({ path, headers }), context())).statusCode).toBe(200);
      return wire.calls.findLast(({ operation }) => operation === 'GetItem')?.body.ConsistentRead;
    };
    expect(await read({})).toBe(false);
    expect(await read({ 'cache-control': 'no-cache' })).toBe(true);
  });

  test.each(['"3-20"', 'W/"3-20"', '"1-1", "3-20"', '*'])(
    'is 304 without a body for If-None-Match %s',
    async (tag) => {
      const result = await getProduct(get({ path, headers: { 'if-none-match': tag } }), context());
      expect([result.statusCode, result.body, result.headers?.etag]).toEqual([304, '', '"3-20"']);
    },
  );

  test('of a retired product shows it, with nothing to be ordered', async () => {
    wire.answers.GetItem = () => ({ Item: row('A', 'retired') });
    expect(body(await getProduct(get({ path }), context())).available).toBe(0);
  });

  test('that is not there is 404', async () => {
    wire.answers.GetItem = () => ({});
    const result = await getProduct(get({ path }), context());
    expect([result.statusCode, body(result).code]).toEqual([404, 'NOT_FOUND']);
  });
});

describe('a product that is saved', () => {
  const cause = { correlationId: 'cor_1', actor: 'staff' as const };
  const facts = {
    name: 'Blue Mug',
    description: 'Blue',
    category: 'table',
    price: { amount: 1, currency: 'EUR' },
  };
  const first = newProduct(idOf('A'), facts, '2030-01-01T00:00:00.000Z');
  const save = async (to: Product, from?: Product) => {
    const { DynamoDbBackOffice } = await import('../../../services/inventory/adapters/dynamodb-back-office');
    const { dynamodb } = await import('../../../shared/aws/dynamodb');
    const tables = { products: 'products', words: 'words', stock: 'stock', movements: 'movements' };
    return new DynamoDbBackOffice(dynamodb, tables).save({ product: { from, to, cause } });
  };
  const writes = () => wire.calls.at(-1)?.body.TransactItems;

  test('lies on a shelf and in each of its words while it is for sale, and nowhere once it is retired', async () => {
    await save(first);
    const [put, ...words] = writes();
    expect(put.Put.Item.shelf.S).toMatch(/^shelf#[0-3]$/);
    expect(words.map(({ Put }: { Put: { Item: { token: { S: string } } } }) => Put.Item.token.S)).toEqual([
      'word#blue',
      'word#mug',
      'category#table',
    ]);
    await save({ ...first, version: 2, status: 'retired', tokens: [] }, first);
    const [retired, ...gone] = writes();
    expect(retired.Put.Item.shelf).toBeUndefined();
    expect(
      gone.map(({ Delete }: { Delete: { Key: { token: { S: string } } } }) => Delete.Key.token.S),
    ).toEqual(['word#blue', 'word#mug', 'category#table']);
  });

  test('is written only on the version before it', async () => {
    await save(first);
    expect(writes()[0].Put.ConditionExpression).toBe('attribute_not_exists(#id)');
    const seventh = { ...first, version: 7 };
    await save({ ...first, version: 8 }, seventh);
    expect(writes()).toHaveLength(1);
    expect(writes()[0].Put).toMatchObject({
      ConditionExpression: '#version = :before',
      ExpressionAttributeValues: { ':before': { N: '7' } },
    });
    wire.answers.TransactWriteItems = () =>
      new Refused({
        __type: 'TransactionCanceledException',
        CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
      });
    expect(await save({ ...first, version: 8 }, seventh)).toEqual({ saved: false, why: 'STALE' });
  });
});
