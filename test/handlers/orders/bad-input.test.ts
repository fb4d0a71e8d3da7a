import { encodeCursor } from '../../../shared/kernel/cursor';
import { catchLog } from '../../shared/support/log';
import { context, type Wire } from '../inventory/wire';
import { bodyOf, type HttpHandler, order, pricesOnTheWire, request, startOrdersWire } from './support';

let wire: Wire;
let place: HttpHandler;
let quote: HttpHandler;
let cancel: HttpHandler;
let list: HttpHandler;
let get: HttpHandler;
const log = catchLog();

beforeAll(async () => {
  wire = await startOrdersWire();
  ({ handler: place } = await import('../../../services/orders/handlers/create-order'));
  ({ handler: quote } = await import('../../../services/orders/handlers/quote-order'));
  ({ handler: cancel } = await import('../../../services/orders/handlers/cancel-order'));
  ({ handler: list } = await import('../../../services/orders/handlers/list-orders'));
  ({ handler: get } = await import('../../../services/orders/handlers/get-order'));
});
afterAll(() => wire.close());
beforeEach(() => {
  wire.calls.length = 0;
  wire.answers = { BatchGetItem: pricesOnTheWire };
});

const item = (over: object) => order({ items: [{ productId: 'mug', quantity: 1, ...over }] });
const quantity = (value: unknown) => item({ quantity: value });
const address = (over: object) => ({
  shippingAddress: {
    name: 'Ada',
    line1: 'Mill 1',
    city: 'Ockham',
    postalCode: 'GU23',
    country: 'GB',
    ...over,
  },
});

type Expected = [status: number, code: string, pointers: string[] | undefined];

const refused: Expected = [400, 'VALIDATION_FAILED', undefined];
const at = (...pointers: string[]): Expected => [400, 'VALIDATION_FAILED', pointers];
const card = (...pointers: string[]): Expected => [400, 'CARD_NUMBER_REFUSED', pointers];
const badKey: Expected = [400, 'IDEMPOTENCY_KEY_INVALID', ['/header/idempotency-key']];

const BAD_ORDERS: [string, Parameters<typeof request>[0], Expected][] = [
  ['quantity 0', { body: quantity(0) }, at('/items/0/quantity')],
  ['a negative quantity', { body: quantity(-1) }, at('/items/0/quantity')],
  ['quantity 1.5', { body: quantity(1.5) }, at('/items/0/quantity')],
  ['quantity 1e21', { body: quantity(1e21) }, at('/items/0/quantity')],
  ['quantity 1000', { body: quantity(1000) }, at('/items/0/quantity')],
  ['a quantity as text', { body: quantity('1') }, at('/items/0/quantity')],
  ['no quantity', { body: quantity(undefined) }, at('/items/0/quantity')],
  ['a quantity null', { body: quantity(null) }, at('/items/0/quantity')],
  ['a product that is a number', { body: item({ productId: 7 }) }, at('/items/0/productId')],
  ['a product that is an object', { body: item({ productId: { $ne: '' } }) }, at('/items/0/productId')],
  ['NUL in a product', { body: item({ productId: 'mug\u0000' }) }, at('/items/0/productId')],
  [
    'a price sent by the client',
    { body: item({ unitPrice: { amount: 1, currency: 'EUR' } }) },
    at('/items/0/unitPrice'),
  ],
  ['a total sent by the client', { body: order({ total: { amount: 1, currency: 'EUR' } }) }, at('/total')],
  ['a status sent by the client', { body: order({ status: 'CONFIRMED' }) }, at('/status')],
  ['no items', { body: order({ items: [] }) }, at('/items')],
  ['items that are no list', { body: order({ items: {} }) }, at('/items')],
  ['101 items', { body: order({ items: Array(101).fill({ productId: 'mug', quantity: 1 }) }) }, at('/items')],
  ['no payment', { body: order({ payment: undefined }) }, at('/payment')],
  ['a payment token with spaces', { body: order({ payment: { token: 'a b' } }) }, at('/payment/token')],
  ['an e-mail that is none', { body: order({ contact: { email: 'ada' } }) }, at('/contact/email')],
  [
    'a line break in an e-mail',
    { body: order({ contact: { email: 'a@b.de\nBcc: x@y.de' } }) },
    at('/contact/email'),
  ],
  ['a phone that is none', { body: order({ contact: { phone: 'call me' } }) }, at('/contact/phone')],
  ['NUL in a name', { body: order(address({ name: 'A\u0000da' })) }, at('/shippingAddress/name')],
  [
    'half a surrogate pair in a name',
    { body: order(address({ name: 'A\ud800' })) },
    at('/shippingAddress/name'),
  ],
  ['a country in words', { body: order(address({ country: 'Britain' })) }, at('/shippingAddress/country')],
  [
    'an expected total in cents of a cent',
    { body: order({ expectedTotal: { amount: 1.5, currency: 'EUR' } }) },
    at('/expectedTotal/amount'),
  ],
  ['an unknown wish', { body: order({ onUnavailable: 'maybe' }) }, at('/onUnavailable')],
  [
    'two faults at once',
    { body: order({ items: [{ productId: '', quantity: 0 }] }) },
    at('/items/0/productId', '/items/0/quantity'),
  ],
  ['an array', { body: [] }, at('')],
  ['a text', { body: '"order"' }, at('')],
  ['null', { body: 'null' }, at('')],
  ['an empty body', { body: '' }, at('')],
  ['a body that is not JSON', { body: 'items=1' }, at('')],
  ['half a body', { body: '{"items":[' }, at('')],
  ['__proto__', { body: '{"__proto__":{"items":[]}}' }, at('')],
  ['JSON 10,000 deep', { body: `${'['.repeat(10_000)}${']'.repeat(10_000)}` }, at('')],
  ['a body of 1 MB', { body: order({ note: 'x'.repeat(1024 * 1024) }) }, [413, 'BODY_TOO_LARGE', undefined]],
  [
    'a wrong content type',
    { body: order(), headers: { 'content-type': 'text/plain' } },
    [415, 'UNSUPPORTED_MEDIA_TYPE', undefined],
  ],
  [
    'no content type',
    { body: order(), headers: { 'content-type': undefined } },
    [415, 'UNSUPPORTED_MEDIA_TYPE', undefined],
  ],
  ['no key', { body: order(), headers: { 'idempotency-key': undefined } }, badKey],
  ['a key of 15 characters', { body: order(), headers: { 'idempotency-key': 'k'.repeat(15) } }, badKey],
  ['a key of 256 characters', { body: order(), headers: { 'idempotency-key': 'k'.repeat(256) } }, badKey],
  ['a key with a space', { body: order(), headers: { 'idempotency-key': 'key 0123456789abcdef' } }, badKey],
  [
    'a card number in a name',
    { body: order(address({ name: '4111 1111 1111 1111' })) },
    card('/shippingAddress/name'),
  ],
  [
    'card numbers in address lines',
    { body: order(address({ line1: 'c/o 4111-1111-1111-1111', line2: '378282246310005' })) },
    card('/shippingAddress/line1', '/shippingAddress/line2'),
  ],
  [
    'a card number in the city',
    { body: order(address({ city: 'Ockham 4111111111111111 12/27' })) },
    card('/shippingAddress/city'),
  ],
  [
    'a card number as postal code',
    { body: order(address({ postalCode: '4111 1111 1111 1111' })) },
    card('/shippingAddress/postalCode'),
  ],
  [
    'a card number as payment token',
    { body: order({ payment: { token: '4111111111111111' } }) },
    card('/payment/token'),
  ],
  [
    'a correlation id of 3,000 characters',
    { body: order(), headers: { 'x-correlation-id': 'c'.repeat(3000) } },
    at('/header/x-correlation-id'),
  ],
  [
    'a correlation id with a line break',
    { body: order(), headers: { 'x-correlation-id': 'a\nb' } },
    at('/header/x-correlation-id'),
  ],
];

const pointersOf = (problem: { errors?: { pointer: string }[] }) =>
  problem.errors && [...new Set(problem.errors.map(({ pointer }) => pointer))].sort();

/** Each member that RFC 9457 and the contract name, and the places that are wrong. */
function expectProblem(result: Awaited<ReturnType<HttpHandler>>, [status, code, pointers]: Expected): void {
  expect(result.statusCode).toBe(status);
  expect(result.headers).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  });
  const problem = bodyOf(result);
  expect(problem).toMatchObject({
    type: expect.stringMatching(/^urn:orderly:problem:/),
    title: expect.any(String),
    detail: expect.any(String),
    status,
    code,
    correlationId: result.headers?.['x-correlation-id'],
  });
  if (pointers) expect(pointersOf(problem)).toEqual([...pointers].sort());
}

test.each(BAD_ORDERS)(
  'POST /orders with %s is told what is wrong, and no AWS call is made',
  async (_what, given, expected) => {
    expectProblem(await place(request(given), context()), expected);
    expect(wire.calls).toEqual([]);
  },
);

test.each<[string, object[], Expected]>([
  [
    'an unknown product',
    [{ productId: 'none', quantity: 1 }],
    [422, 'PRODUCT_UNKNOWN', ['/items/0/productId']],
  ],
  [
    'a product no longer sold',
    [
      { productId: 'mug', quantity: 1 },
      { productId: 'cup', quantity: 1 },
    ],
    [422, 'PRODUCT_UNAVAILABLE', ['/items/1/productId']],
  ],
  [
    '31 lines after merging',
    Array.from({ length: 31 }, (_, n) => ({ productId: `p${n}`, quantity: 1 })),
    at('/items'),
  ],
  [
    '1,000 of one product in two lines',
    [
      { productId: 'mug', quantity: 999 },
      { productId: 'mug', quantity: 1 },
    ],
    at('/items/1/quantity'),
  ],
])('%s is refused, and nothing is written', async (_what, items, expected) => {
  expectProblem(await place(request({ body: order({ items }) }), context()), expected);
  expect(wire.operations().filter((operation) => !['BatchGetItem', 'GetItem'].includes(operation))).toEqual(
    [],
  );
});

test('a quote refuses a payment, and needs no key', async () => {
  expectProblem(await quote(request({ body: order() }), context()), at('/payment'));
  const { items } = order();
  const answer = await quote(
    request({ body: { items }, headers: { 'idempotency-key': undefined } }),
    context(),
  );
  expect(answer.statusCode).toBe(200);
  expect(bodyOf(answer)).toMatchObject({ total: { amount: 2900, currency: 'EUR' } });
});

test.each<[string, Parameters<typeof request>[0], Expected]>([
  ['an unknown field', { body: { why: 'x' } }, at('/why')],
  ['a reason of 201 characters', { body: { reason: 'x'.repeat(201) } }, at('/reason')],
  ['a card number as reason', { body: { reason: 'charged 4111 1111 1111 1111 twice' } }, card('/reason')],
  ['no body', {}, refused],
  ['null', { body: 'null' }, at('')],
  ['no key', { body: {}, headers: { 'idempotency-key': undefined } }, badKey],
])('POST /orders/{id}/cancel with %s is refused before any AWS call', async (_what, given, expected) => {
  expectProblem(await cancel(request({ ...given, path: { id: 'ord_1' } }), context()), expected);
  expect(wire.calls).toEqual([]);
});

const cursorOf = (position: string, customerId: string) => encodeCursor(position, { customerId });
const ORDER_ID = 'ord_01KA00000SAMP1E0RDER000000';

test.each<[string, Record<string, string>, Expected]>([
  ['limit=0', { limit: '0' }, at('/query/limit')],
  ['limit=101', { limit: '101' }, at('/query/limit')],
  ['limit=1.5', { limit: '1.5' }, at('/query/limit')],
  ['limit=all', { limit: 'all' }, at('/query/limit')],
  ['an empty limit', { limit: '' }, at('/query/limit')],
  ['an unknown parameter', { customerId: 'eve' }, at('/query/customerId')],
  ['a cursor that is none', { cursor: 'next' }, [400, 'CURSOR_INVALID', undefined]],
  ["another customer's cursor", { cursor: cursorOf(ORDER_ID, 'eve') }, [400, 'CURSOR_INVALID', undefined]],
  ['a cursor with a forged position', { cursor: cursorOf('zzz', 'ada') }, [400, 'CURSOR_INVALID', undefined]],
  ['a cursor of 501 characters', { cursor: 'c'.repeat(501) }, at('/query/cursor')],
])('GET /orders with %s is refused before any AWS call', async (_what, query, expected) => {
  expectProblem(await list(request({ query }), context()), expected);
  expect(wire.calls).toEqual([]);
});

test.each(['x'.repeat(65), 'ord\u0000', ''])('GET /orders/%j is refused before any AWS call', async (id) => {
  expectProblem(await get(request({ path: { id } }), context()), at('/path/id'));
  expect(wire.calls).toEqual([]);
});

test('of all that was refused no personal word stands in the log', async () => {
  log.clear();
  const contact = { email: 'ada.lovelace@example.com', phone: '+44 20 7946 0000' };
  const rich = order({ contact, ...address({ name: 'Ada Lovelace', line1: '4111 1111 1111 1111' }) });
  await place(request({ body: rich }), context());
  await place(request({ body: { ...rich, items: [] } }), context());
  await place(request({ body: JSON.stringify(rich).slice(1) }), context());
  expect(log.lines.length).toBeGreaterThan(3);
  expect(log.text()).not.toMatch(/lovelace|example\.com|7946|4111|Ockham|tok_visa/i);
});
