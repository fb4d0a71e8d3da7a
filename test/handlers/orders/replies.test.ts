import { catchLog } from '../../shared/support/log';
import { context, Refused, type Wire } from '../inventory/wire';
import {
  bodyOf,
  conditionFailed,
  type HttpHandler,
  order,
  pricesOnTheWire,
  request,
  startOrdersWire,
} from './support';

let wire: Wire;
let place: HttpHandler;
let get: HttpHandler;
const log = catchLog();

beforeAll(async () => {
  wire = await startOrdersWire();
  ({ handler: place } = await import('../../../services/orders/handlers/create-order'));
  ({ handler: get } = await import('../../../services/orders/handlers/get-order'));
});
afterAll(() => wire.close());
beforeEach(() => {
  log.clear();
  wire.calls.length = 0;
  wire.answers = { BatchGetItem: pricesOnTheWire };
});

const placed = (over: Parameters<typeof request>[0] = {}, milliseconds?: number) =>
  place(request({ body: order(), ...over }), context(milliseconds));
const FAILED = 'ConditionalCheckFailed';
const record = (body: string, fingerprint: string) => ({
  pk: { S: 'key' },
  fingerprint: { S: fingerprint },
  status: { N: '202' },
  headers: { M: { location: { S: '/orders/ord_first' }, 'content-type': { S: 'application/json' } } },
  body: { S: body },
  expiresAt: { N: String(Date.now() + 1000) },
});

/** What the request itself would have stored. */
async function ownRecord(): Promise<{ fingerprint: string }> {
  await placed();
  const [first] = wire.calls.at(-1)?.body.TransactItems ?? [];
  return { fingerprint: first.Put.Item.fingerprint.S };
}

describe('POST /orders', () => {
  test('answers 202 with the order, its place and no more than a client may see', async () => {
    const result = await placed({ headers: { 'x-correlation-id': 'shop-7' } });
    expect(result.statusCode).toBe(202);
    const body = bodyOf(result);
    expect(Object.keys(body).sort()).toEqual([
      'createdAt',
      'fulfilmentStatus',
      'id',
      'items',
      'paymentStatus',
      'status',
      'total',
      'updatedAt',
      'version',
    ]);
    expect(body).toMatchObject({
      status: 'PENDING',
      items: [
        { productId: 'mug', name: 'Enamel Mug', quantity: 2, total: { amount: 2900, currency: 'EUR' } },
      ],
      total: { amount: 2900, currency: 'EUR' },
    });
    expect(result.headers).toMatchObject({
      location: `/orders/${body.id}`,
      'x-correlation-id': 'shop-7',
      'cache-control': 'no-store',
    });
  });

  test('stores reply, count, order and event in one transaction, each once', async () => {
    await placed();
    const { TransactItems } = wire.calls.at(-1)?.body ?? {};
    const tables = TransactItems.map(
      (write: Record<string, { TableName: string }>) => Object.values(write)[0]?.TableName,
    );
    expect(tables).toEqual(['idempotency', 'idempotency', 'orders', 'order-events']);
    expect(wire.operations().filter((operation) => operation === 'TransactWriteItems')).toHaveLength(1);
  });

  test('the correlation id goes into the event and on every log line, with customer and order', async () => {
    const { id } = bodyOf(await placed({ headers: { 'x-correlation-id': 'shop-7' } }));
    expect(wire.calls.at(-1)?.body.TransactItems[3].Put.Item.correlationId).toEqual({ S: 'shop-7' });
    const lines = log.lines.filter(({ message }) => message !== undefined);
    expect(lines.every(({ correlationId }) => correlationId === 'shop-7')).toBe(true);
    expect(lines.at(-1)).toMatchObject({ message: 'invocation', customerId: 'ada', orderId: id });
  });

  test('without a correlation id gets one, in the answer and in the event', async () => {
    const result = await placed();
    const given = result.headers?.['x-correlation-id'];
    expect(given).toMatch(/^cor_/);
    expect(wire.calls.at(-1)?.body.TransactItems[3].Put.Item.correlationId).toEqual({ S: given });
  });

  test('of an accepted order no personal word stands in the log', async () => {
    const contact = { email: 'ada.lovelace@example.com' };
    const shippingAddress = {
      name: 'Ada',
      line1: 'Mill 1',
      city: 'Ockham',
      postalCode: 'GU23',
      country: 'GB',
    };
    expect((await placed({ body: order({ contact, shippingAddress }) })).statusCode).toBe(202);
    expect(log.text()).not.toMatch(/lovelace|Mill|Ockham|GU23|tok_visa/);
  });

  test('the same request again is replayed to the byte', async () => {
    const { fingerprint } = await ownRecord();
    wire.answers.TransactWriteItems = () =>
      conditionFailed({ Code: FAILED, Item: record('{"id": "ord_first"}', fingerprint) });
    const result = await placed();
    expect(result).toMatchObject({
      statusCode: 202,
      body: '{"id": "ord_first"}',
      headers: { location: '/orders/ord_first', 'idempotent-replayed': 'true' },
    });
  });

  test('a replay wins over a full minute', async () => {
    const { fingerprint } = await ownRecord();
    wire.answers.TransactWriteItems = () =>
      conditionFailed({ Code: FAILED, Item: record('{}', fingerprint) }, { Code: FAILED });
    expect((await placed()).statusCode).toBe(202);
  });

  test('another body under the key is 422', async () => {
    wire.answers.TransactWriteItems = () => conditionFailed({ Code: FAILED, Item: record('{}', 'other') });
    expect(bodyOf(await placed())).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('its own write, whose answer got lost, is answered as the first', async () => {
    wire.answers.TransactWriteItems = ({ TransactItems: [first] }) =>
      conditionFailed({ Code: FAILED, Item: first.Put.Item });
    const result = await placed();
    expect(result.statusCode).toBe(202);
    expect(result.headers).not.toHaveProperty('idempotent-replayed');
  });

  test('a full minute is 429 with the seconds to wait, after every slot was asked once', async () => {
    wire.answers.TransactWriteItems = () => conditionFailed(undefined, { Code: FAILED });
    const result = await placed();
    expect(bodyOf(result)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect(Number(result.headers?.['retry-after'])).toBeGreaterThan(0);
    expect(Number(result.headers?.['retry-after'])).toBeLessThanOrEqual(60);
    const slots = wire.calls.flatMap(
      ({ body }) => body.TransactItems?.[1].Update.Key.pk.S.split('#').at(-1) ?? [],
    );
    expect(slots.sort()).toEqual(['0', '1', '2', '3']);
  });

  test('other writers that keep winning are a conflict to be tried again, and nothing is stored', async () => {
    wire.answers.TransactWriteItems = () => conditionFailed({ Code: 'TransactionConflict' });
    const result = await placed();
    expect(bodyOf(result)).toMatchObject({ status: 409, code: 'CONFLICT' });
    expect(result.headers?.['retry-after']).toBe('1');
    expect(wire.operations().filter((operation) => operation === 'TransactWriteItems')).toHaveLength(3);
  });
});

describe('faults', () => {
  test('an unknown error is 500 without a word of it; the log has it all', async () => {
    wire.answers.GetItem = () =>
      new Refused({ __type: 'ValidationException', message: 'secret-table is wrong' });
    const result = await get(request({ path: { id: 'ord_1' } }), context());
    expect(bodyOf(result)).toMatchObject({ status: 500, code: 'INTERNAL' });
    expect(result.body).not.toMatch(/secret|Validation|at /);
    expect(log.text()).toContain('secret-table is wrong');
    expect(bodyOf(result).correlationId).toBe(log.lines[0]?.correlationId);
  });

  test('AWS that throttles is 409 with Retry-After, after three tries', async () => {
    wire.answers.TransactWriteItems = () =>
      new Refused({ __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException', message: 'slow down' });
    const result = await placed();
    expect(bodyOf(result)).toMatchObject({ status: 409, code: 'CONFLICT' });
    expect(result.headers?.['retry-after']).toBe('1');
    expect(wire.operations().filter((operation) => operation === 'TransactWriteItems')).toHaveLength(3);
  });

  test('AWS that hangs is 503 before the time-out of the function', async () => {
    wire.answers.GetItem = () => new Promise(() => undefined);
    const started = Date.now();
    const result = await get(request({ path: { id: 'ord_1' } }), context(1300));
    expect(bodyOf(result)).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
    expect(result.headers?.['retry-after']).toBe('1');
    expect(Date.now() - started).toBeLessThan(1300);
  });
});

describe('GET /orders/{id}', () => {
  const row = (customerId: string) => ({
    Item: {
      id: { S: 'ord_1' },
      customerId: { S: customerId },
      status: { S: 'CONFIRMED' },
      paymentStatus: { S: 'CAPTURED' },
      fulfilmentStatus: { S: 'UNFULFILLED' },
      lines: { L: [{ M: { p: { S: 'mug' }, n: { S: 'Mug' }, q: { N: '2' }, u: { N: '1450' } } }] },
      total: { N: '2900' },
      currency: { S: 'EUR' },
      version: { N: '3' },
      attempt: { N: '1' },
      createdAt: { S: '2030-01-01T00:00:00.000Z' },
      updatedAt: { S: '2030-01-01T00:00:00.000Z' },
      correlationId: { S: 'cor_1' },
      contact: { M: { email: { S: 'ada@example.com' } } },
    },
  });

  test('is read consistently and carries its version as ETag', async () => {
    wire.answers.GetItem = () => row('ada');
    const result = await get(request({ path: { id: 'ord_1' } }), context());
    expect(result).toMatchObject({ statusCode: 200, headers: { etag: '"3"' } });
    expect(wire.calls[0]?.body.ConsistentRead).toBe(true);
    expect(result.body).not.toMatch(/ada|customer|contact|attempt/);
  });

  test("somebody else's is 404, to the letter as one that never was", async () => {
    const headers = { 'x-correlation-id': 'same' };
    const ask = () => get(request({ path: { id: 'ord_1' }, headers }), context());
    wire.answers.GetItem = () => row('eve');
    const others = await ask();
    wire.answers.GetItem = () => ({});
    expect(await ask()).toEqual(others);
    expect(others.statusCode).toBe(404);
  });
});
