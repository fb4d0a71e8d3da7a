import { encodeCursor } from '../../../shared/kernel/cursor';
import { catchLog } from '../../shared/support/log';
import { context, type Wire } from '../inventory/wire';
import { bodyOf, type HttpHandler, request, startOrdersWire } from './support';

let wire: Wire;
let search: HttpHandler;
let timeline: HttpHandler;
const log = catchLog();

beforeAll(async () => {
  wire = await startOrdersWire();
  ({ handler: search } = await import('../../../services/orders/handlers/search-orders'));
  ({ handler: timeline } = await import('../../../services/orders/handlers/get-order-timeline'));
});
afterAll(() => wire.close());
beforeEach(() => {
  log.clear();
  wire.calls.length = 0;
  wire.answers = { GetSecretValue: () => ({ SecretString: 'e'.repeat(64) }) };
});

const ID = 'ord_01KA00000SAMP1E0RDER000000';

function byStaff(given: Parameters<typeof request>[0], groups = '[staff]') {
  const event = request(given);
  Object.assign(event.requestContext, {
    authorizer: { jwt: { claims: { sub: 'staff', 'cognito:groups': groups } } },
  });
  return event;
}

const searched = (body: unknown, groups?: string) => search(byStaff({ body }, groups), context());
const told = (query?: Record<string, string>, groups?: string) =>
  timeline(byStaff({ path: { id: ID }, query }, groups), context());

test('both are for staff alone', async () => {
  for (const result of [await searched({}, ''), await told(undefined, '[other]')])
    expect([result.statusCode, bodyOf(result).code]).toEqual([403, 'FORBIDDEN']);
  expect(wire.calls).toEqual([]);
});

test.each<[string, object, string]>([
  ['an unknown status', { status: 'LOST' }, '/status'],
  ['an address that is none', { email: 'ada' }, '/email'],
  ['a time in words', { from: 'yesterday' }, '/from'],
  ['a time of another zone', { to: '2026-11-21T10:00:00+01:00' }, '/to'],
  ['a prefix of twelve days and more', { idPrefix: 'ord_01K' }, '/idPrefix'],
  ['a prefix of something else', { idPrefix: 'prd_01KA' }, '/idPrefix'],
  ['a correlation id that a client made', { correlationId: 'basket-17' }, '/correlationId'],
  ['an empty customer id', { customerId: '' }, '/customerId'],
  ['limit 0', { limit: 0 }, '/limit'],
  ['limit 101', { limit: 101 }, '/limit'],
  ['an unknown filter', { name: 'Ada' }, '/name'],
])('a search by %s is refused before any call', async (_what, body, pointer) => {
  const result = await searched(body);
  expect([result.statusCode, bodyOf(result).errors?.[0].pointer]).toEqual([400, pointer]);
  expect(wire.calls).toEqual([]);
});

test.each([
  ['none of ours', 'next'],
  ['of another filter', encodeCursor(ID, { status: 'CONFIRMED' })],
  ['with a forged position', encodeCursor('zzz', {})],
])('a cursor that is %s is refused before any call', async (_what, cursor) => {
  expect(bodyOf(await searched({ cursor })).code).toBe('CURSOR_INVALID');
  expect(bodyOf(await told({ cursor })).code).toBe('CURSOR_INVALID');
  expect(wire.calls).toEqual([]);
});

test('a cursor of this filter goes on, whatever the limit', async () => {
  const cursor = encodeCursor(ID, { idPrefix: ID });
  expect((await searched({ cursor, idPrefix: ID, limit: 3 })).statusCode).toBe(200);
});

test('a day is sixteen queries by its index, and nothing is scanned', async () => {
  await searched({ from: '2026-11-20', to: '2026-11-20' });
  expect(new Set(wire.operations())).toEqual(new Set(['Query']));
  expect(wire.calls).toHaveLength(16);
  expect(wire.calls[0]?.body).toMatchObject({ IndexName: 'byDay', Limit: 20, ScanIndexForward: false });
});

test('an address is searched under the key and by its account, and stands in no log', async () => {
  wire.answers.AdminGetUser = () => ({ UserAttributes: [{ Name: 'sub', Value: 'ada' }] });
  await searched({ email: 'Ada.Lovelace@example.com' });
  const queries = wire.calls.filter(({ operation }) => operation === 'Query').map(({ body }) => body);
  expect(queries.map(({ IndexName }) => IndexName)).toEqual(['byEmail', 'byCustomer']);
  expect(queries[0].ExpressionAttributeValues[':partition'].S).toMatch(/^[\w-]{22}$/);
  expect(log.text()).not.toMatch(/lovelace/i);
});

test('a customer id is one query', async () => {
  await searched({ customerId: 'ada' });
  expect(wire.calls.map(({ body }) => body.IndexName)).toEqual(['byCustomer']);
});

test('an address longer than any account has is not asked of Cognito', async () => {
  await searched({ email: `${'a'.repeat(130)}@example.com` });
  expect(wire.operations()).toEqual(['Query']);
});

test('the timeline of an order that never was is 404', async () => {
  expect((await told()).statusCode).toBe(404);
});
