import { context, Refused, startWire, type Wire } from './wire';

let wire: Wire;
// biome-ignore lint/suspicious/noExplicitAny: a test also sends what does not fit, and reads what it gets
type Handler = (event: any, given: ReturnType<typeof context>) => Promise<any>;
let reserve: Handler;
let commit: Handler;
let release: Handler;
let sweep: Handler;

beforeAll(async () => {
  wire = await startWire({
    PRODUCTS_TABLE: 'products',
    STOCK_TABLE: 'stock',
    RESERVATIONS_TABLE: 'reservations',
  });
  ({ handler: reserve } = await import('../../../services/inventory/handlers/reserve-inventory'));
  ({ handler: commit } = await import('../../../services/inventory/handlers/commit-inventory'));
  ({ handler: release } = await import('../../../services/inventory/handlers/release-inventory'));
  ({ handler: sweep } = await import('../../../services/inventory/handlers/sweep-holds'));
});
afterAll(() => wire.close());
beforeEach(() => {
  wire.calls.length = 0;
  wire.answers = {};
});

let orders = 0;
const step = () => {
  orders += 1;
  return { orderId: `ord_${orders}`, attempt: 1, correlationId: 'cor_1' };
};
const reserveStep = () => ({
  ...step(),
  lines: [{ productId: 'mug', quantity: 2 }],
  holdUntil: '2030-01-01T00:45:00.000Z',
});

/** A reservation's row on the wire. */
const row = (orderId: string, state: string, attempt: number) => ({
  orderId: { S: orderId },
  state: { S: state },
  attempt: { N: String(attempt) },
  version: { N: '4' },
  expiresAt: { S: '2020-01-01T00:00:00.000Z' },
  lines: { L: [{ M: { productId: { S: 'mug' }, quantity: { N: '2' }, from: { M: { 0: { N: '2' } } } } }] },
});

/** A product that was spread over a second shard since this environment looked; one unit in all. */
const snapshot = ({ TransactItems }: { TransactItems: { Get: { TableName: string } }[] }) => ({
  Responses: TransactItems.map(({ Get }, index) =>
    Get.TableName === 'products'
      ? { Item: { id: { S: 'mug' }, shards: { N: '2' }, shardRows: { N: '2' } } }
      : { Item: { productId: { S: 'mug' }, available: { N: index === 1 ? '1' : '0' } } },
  ),
});

const cancelled = (...reasons: { Code: string; Item?: unknown }[]) =>
  new Refused({ __type: 'TransactionCanceledException', message: 'cancelled', CancellationReasons: reasons });
const FINE = { Code: 'None' };
const FAILED = { Code: 'ConditionalCheckFailed' };

describe('reserveInventory', () => {
  test('makes two calls cold, one with the number of shards known, and none before its input fits', async () => {
    const answer = await reserve(reserveStep(), context());
    expect(answer).toEqual({
      outcome: 'RESERVED',
      step: { step: 'ReserveInventory', outcome: 'RESERVED', at: expect.stringMatching(/Z$/) },
    });
    expect(wire.operations()).toEqual(['BatchGetItem', 'TransactWriteItems']);
    wire.calls.length = 0;
    await reserve(reserveStep(), context());
    // The products table knows no mug, so nothing is kept and it is asked again.
    expect(wire.operations()).toEqual(['BatchGetItem', 'TransactWriteItems']);
    wire.answers.BatchGetItem = () => ({
      Responses: { products: [{ id: { S: 'mug' }, shards: { N: '1' } }] },
    });
    await reserve(reserveStep(), context());
    wire.calls.length = 0;
    await reserve(reserveStep(), context());
    expect(wire.operations()).toEqual(['TransactWriteItems']);
    wire.calls.length = 0;
    await expect(reserve({ ...reserveStep(), attempt: 0 }, context())).rejects.toThrow('/attempt');
    expect(wire.calls).toEqual([]);
  });

  test('writes the hold and the stock in one transaction, each on its condition', async () => {
    const input = reserveStep();
    await reserve(input, context());
    const [hold, stock] = wire.calls.at(-1)?.body.TransactItems ?? [];
    expect(hold.Put).toMatchObject({
      TableName: 'reservations',
      ConditionExpression: 'attribute_not_exists(#orderId)',
      Item: {
        orderId: { S: input.orderId },
        state: { S: 'HELD' },
        hold: { S: expect.stringMatching(/^held#\d+$/) },
      },
    });
    expect(stock.Update).toMatchObject({
      TableName: 'stock',
      Key: { shard: { S: 'mug#0' } },
      ConditionExpression: '#available >= :needed',
      ExpressionAttributeValues: { ':units': { N: '-2' }, ':needed': { N: '2' } },
    });
  });

  test('a row of 30 lines stays below 4 KB, one of two lines below 1', async () => {
    const lines = (count: number) =>
      Array.from({ length: count }, (_, n) => ({
        productId: `prd_01KA0000000000000000000${100 + n}`,
        quantity: 999,
      }));
    const bytes = async (count: number) => {
      await reserve(
        { ...reserveStep(), orderId: 'ord_01KA00000000000000000000AB', lines: lines(count) },
        context(),
      );
      return JSON.stringify(wire.calls.at(-1)?.body.TransactItems[0].Put.Item).length;
    };
    // The wire's form, with its type letters, is the larger one.
    expect(await bytes(2)).toBeLessThan(1024);
    expect(await bytes(30)).toBeLessThan(4096);
  });

  test('answers the same when its row says that it took effect already', async () => {
    const input = reserveStep();
    wire.answers.TransactWriteItems = () =>
      cancelled({ ...FAILED, Item: row(input.orderId, 'HELD', 1) }, FAILED);
    expect((await reserve(input, context())).outcome).toBe('RESERVED');
  });

  test('is OUT_OF_STOCK only after a look at every shard', async () => {
    wire.answers.TransactWriteItems = () => cancelled(FINE, FAILED);
    wire.answers.TransactGetItems = snapshot;
    expect((await reserve(reserveStep(), context())).outcome).toBe('OUT_OF_STOCK');
    const looks = wire.calls.filter(({ operation }) => operation === 'TransactGetItems');
    expect(looks.map(({ body }) => body.TransactItems.length)).toEqual([2, 3]);
  });

  test('that is disturbed in its look at the shards looks again', async () => {
    wire.answers.TransactWriteItems = () => cancelled(FINE, FAILED);
    let looks = 0;
    wire.answers.TransactGetItems = (body) => {
      looks += 1;
      return looks === 1 ? cancelled(FINE, { Code: 'TransactionConflict' }) : snapshot(body);
    };
    expect((await reserve(reserveStep(), context())).outcome).toBe('OUT_OF_STOCK');
  });

  test('tells the saga what is short when it is to, and keeps a row that holds nothing', async () => {
    wire.answers.TransactWriteItems = () => cancelled(FINE, FAILED);
    wire.answers.TransactGetItems = snapshot;
    expect(await reserve({ ...reserveStep(), tellShort: true }, context())).toMatchObject({
      outcome: 'PARTLY_OUT_OF_STOCK',
      short: [{ productId: 'mug', missing: 1 }],
    });
    const { Item } = wire.calls.findLast(({ operation }) => operation === 'PutItem')?.body ?? {};
    expect(Item).toMatchObject({ state: { S: 'RELEASED' }, lines: { L: [] } });
    await expect(reserve({ ...reserveStep(), tellShort: 'yes' }, context())).rejects.toThrow('/tellShort');
  });

  test('that keeps losing against others is a fault, never OUT_OF_STOCK', async () => {
    wire.answers.TransactWriteItems = () => cancelled({ Code: 'TransactionConflict' }, FINE);
    await expect(reserve(reserveStep(), context())).rejects.toThrow('kept winning');
  });
});

describe('commitInventory', () => {
  test('is one write of one row', async () => {
    expect((await commit(step(), context())).outcome).toBe('COMMITTED');
    expect(wire.operations()).toEqual(['UpdateItem']);
    expect(wire.calls[0]?.body).toMatchObject({
      UpdateExpression: expect.stringContaining('REMOVE #hold'),
      ConditionExpression: '#state = :held AND #attempt <= :attempt',
    });
  });

  test('of a row that a higher attempt has is superseded', async () => {
    const input = step();
    wire.answers.UpdateItem = () =>
      new Refused({ __type: 'ConditionalCheckFailedException', Item: row(input.orderId, 'HELD', 2) });
    expect((await commit(input, context())).outcome).toBe('SUPERSEDED');
  });
});

describe('releaseInventory', () => {
  test('gives back what the row says, in one transaction', async () => {
    const input = step();
    wire.answers.GetItem = () => ({ Item: row(input.orderId, 'COMMITTED', 1) });
    expect((await release(input, context())).outcome).toBe('RELEASED');
    const [put, stock] = wire.calls.at(-1)?.body.TransactItems ?? [];
    expect(put.Put).toMatchObject({
      ConditionExpression: '#version = :seen',
      ExpressionAttributeValues: { ':seen': { N: '4' } },
      Item: { state: { S: 'RESTOCKED' }, version: { N: '5' } },
    });
    expect(put.Put.Item).not.toHaveProperty('hold');
    expect(stock.Update.ExpressionAttributeValues[':units']).toEqual({ N: '2' });
    expect(stock.Update).not.toHaveProperty('ConditionExpression');
  });
});

describe('sweepHolds', () => {
  test('asks all 16 parts of the index and releases what the row still says is held', async () => {
    let part = 0;
    wire.answers.Query = () => {
      part += 1;
      return { Items: part === 3 ? [{ orderId: { S: 'ord_held' } }, { orderId: { S: 'ord_sold' } }] : [] };
    };
    wire.answers.GetItem = ({ Key }) => ({
      Item: row(Key.orderId.S, Key.orderId.S === 'ord_held' ? 'HELD' : 'COMMITTED', 1),
    });
    expect(await sweep({ atMost: 10 }, context())).toEqual({ released: 1, left: 1, more: false });
    const writes = wire.calls.filter(({ operation }) => operation === 'TransactWriteItems');
    expect(writes.map(({ body }) => body.TransactItems[0].Put.Item.orderId.S)).toEqual(['ord_held']);
  });

  test('leaves a hold that the index calls expired and the row does not', async () => {
    wire.answers.Query = () => ({ Items: [{ orderId: { S: 'ord_extended' } }] });
    const expiresAt = { S: '2999-01-01T00:00:00.000Z' };
    wire.answers.GetItem = () => ({ Item: { ...row('ord_extended', 'HELD', 2), expiresAt } });
    expect(await sweep({}, context())).toEqual({ released: 0, left: 1, more: false });
    expect(wire.operations()).not.toContain('TransactWriteItems');
  });

  test('releases what is behind a hold that it cannot release, and then fails', async () => {
    const items = [{ orderId: { S: 'ord_bad' } }, { orderId: { S: 'ord_good' } }];
    wire.answers.Query = ({ ExpressionAttributeValues: { ':hold': part } }) => ({
      Items: part.S.endsWith('#0') ? items : [],
    });
    wire.answers.GetItem = ({ Key }) =>
      Key.orderId.S === 'ord_bad'
        ? new Refused({ __type: 'ValidationException', message: 'bad' })
        : { Item: row('ord_good', 'HELD', 1) };
    await expect(sweep({}, context())).rejects.toThrow('1 expired holds not released');
    expect(wire.operations()).toContain('TransactWriteItems');
  });

  test('takes no payload that it does not know', async () => {
    await expect(sweep({ olderThan: 5 }, context())).rejects.toThrow('/olderThan');
  });
});
