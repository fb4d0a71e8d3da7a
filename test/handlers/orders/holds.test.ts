import { catchLog } from '../../shared/support/log';
import { context, type Wire } from '../inventory/wire';
import { bodyOf, type HttpHandler, request, startOrdersWire } from './support';

let wire: Wire;
let review: HttpHandler;
let choose: HttpHandler;
let history: HttpHandler;
// biome-ignore lint/suspicious/noExplicitAny: a test also sends what does not fit
let hold: (event: any, given: ReturnType<typeof context>) => Promise<{ outcome: string }>;
const log = catchLog();

beforeAll(async () => {
  wire = await startOrdersWire();
  ({ handler: review } = await import('../../../services/orders/handlers/review-order'));
  ({ handler: choose } = await import('../../../services/orders/handlers/choose-rest'));
  ({ handler: history } = await import('../../../services/orders/handlers/get-order-history'));
  ({ handler: hold } = await import('../../../services/orders/handlers/hold-order'));
});
afterAll(() => wire.close());
beforeEach(() => {
  wire.calls.length = 0;
  wire.answers = {};
});

const ID = 'ord_01KA00000SAMP1E0RDER000000';
type Given = Parameters<typeof request>[0];

const toReview = (given: Given, groups = '[staff]') => request({ path: { id: ID }, groups, ...given });
const toChoose = (given: Given) => request({ path: { id: ID }, ...given });

const row = (over: object) => ({
  Item: {
    id: { S: ID },
    customerId: { S: 'ada' },
    version: { N: '3' },
    attempt: { N: '1' },
    open: { S: 'open#1' },
    lines: { L: [] },
    total: { N: '250000' },
    currency: { S: 'EUR' },
    ...over,
  },
});

const NO_KEY = { 'idempotency-key': undefined };

test.each<[string, Given, number, string]>([
  ['no decision', { body: {} }, 400, 'VALIDATION_FAILED'],
  ['another decision', { body: { decision: 'maybe' } }, 400, 'VALIDATION_FAILED'],
  ['two decisions', { body: { decision: ['approve', 'refuse'] } }, 400, 'VALIDATION_FAILED'],
  ['an unknown field', { body: { decision: 'approve', status: 'CONFIRMED' } }, 400, 'VALIDATION_FAILED'],
  [
    'a note of 501 characters',
    { body: { decision: 'approve', note: 'x'.repeat(501) } },
    400,
    'VALIDATION_FAILED',
  ],
  ['a note with NUL', { body: { decision: 'approve', note: 'a\u0000' } }, 400, 'VALIDATION_FAILED'],
  [
    'a card number as note',
    { body: { decision: 'refuse', note: 'used 4111 1111 1111 1111' } },
    400,
    'CARD_NUMBER_REFUSED',
  ],
  ['no body', {}, 400, 'VALIDATION_FAILED'],
  ['an ETag that is none', { body: { decision: 'approve' }, headers: { 'if-match': 'three' } }, 412, 'STALE'],
  ['no key', { body: { decision: 'approve' }, headers: NO_KEY }, 400, 'IDEMPOTENCY_KEY_INVALID'],
])('POST /orders/{id}/review with %s is refused before any AWS call', async (_what, given, status, code) => {
  const result = await review(toReview(given), context());
  expect([result.statusCode, bodyOf(result).code]).toEqual([status, code]);
  expect(wire.calls).toEqual([]);
});

test.each(['', '[customer]', 'staffs'])('who is of the groups %j reviews nothing', async (groups) => {
  const result = await review(toReview({ body: { decision: 'approve' } }, groups), context());
  expect(bodyOf(result)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  expect(wire.calls).toEqual([]);
});

test.each<[string, Given, string]>([
  ['no version', { body: { decision: 'accept' } }, 'VALIDATION_FAILED'],
  ['version 0', { body: { decision: 'accept', version: 0 } }, 'VALIDATION_FAILED'],
  ['a version as text', { body: { decision: 'accept', version: '3' } }, 'VALIDATION_FAILED'],
  ['a decision of staff', { body: { decision: 'approve', version: 3 } }, 'VALIDATION_FAILED'],
  ['lines of its own', { body: { decision: 'accept', version: 3, items: [] } }, 'VALIDATION_FAILED'],
  ['a total of its own', { body: { decision: 'accept', version: 3, total: 1 } }, 'VALIDATION_FAILED'],
  ['null', { body: 'null' }, 'VALIDATION_FAILED'],
  ['no key', { body: { decision: 'accept', version: 3 }, headers: NO_KEY }, 'IDEMPOTENCY_KEY_INVALID'],
])('POST /orders/{id}/choice with %s is refused before any AWS call', async (_what, given, code) => {
  expect(bodyOf(await choose(toChoose(given), context()))).toMatchObject({ status: 400, code });
  expect(wire.calls).toEqual([]);
});

test('a review is one transaction of reply, order, event and audit entry; its note is on the order alone', async () => {
  log.clear();
  wire.answers.GetItem = () =>
    row({ status: { S: 'IN_REVIEW' }, decideBy: { S: new Date(Date.now() + 60_000).toISOString() } });
  const body = { decision: 'approve', note: 'Spoke with Ms Lovelace' };
  const result = await review(toReview({ body, caller: 'grace' }), context());
  expect(bodyOf(result)).toMatchObject({ status: 'PENDING', version: 4 });
  const writes: { Put: { TableName: string; Item: object } }[] = wire.calls.find(
    ({ operation }) => operation === 'TransactWriteItems',
  )?.body.TransactItems;
  expect(writes.map(({ Put }) => Put.TableName)).toEqual([
    'idempotency',
    'orders',
    'order-events',
    'audit-log',
  ]);
  expect(writes[1]?.Put.Item).toMatchObject({ reviewNote: { S: body.note }, review: { S: 'APPROVED' } });
  expect(writes[2]?.Put.Item).toMatchObject({ starts: { N: '2' }, actor: { S: 'staff' } });
  expect(writes[3]?.Put.Item).toMatchObject({
    actor: { S: 'grace' },
    action: { S: 'review-order' },
    target: { S: ID },
    detail: { M: { decision: { S: 'approve' } } },
  });
  for (const index of [0, 2, 3]) expect(JSON.stringify(writes[index])).not.toContain('Lovelace');
  expect(log.text()).not.toContain('Lovelace');
  expect(result.body).not.toContain('Lovelace');
});

test.each([
  ['nobody holds', row({ status: { S: 'CONFIRMED' } }), 409, 'ILLEGAL_TRANSITION'],
  ['is not there', {}, 404, 'NOT_FOUND'],
])('a review of an order that %s is refused, and nothing is written', async (_what, found, status, code) => {
  wire.answers.GetItem = ({ TableName }) => (TableName === 'orders' ? found : {});
  const result = await review(toReview({ body: { decision: 'approve' } }), context());
  expect(bodyOf(result)).toMatchObject({ status, code });
  expect(wire.operations()).not.toContain('TransactWriteItems');
});

test('the history tells its customer that an order is held, and not why', async () => {
  wire.answers.GetItem = () => row({ status: { S: 'IN_REVIEW' } });
  const event = {
    orderId: { S: ID },
    version: { N: '3' },
    id: { S: 'evt_01KA00000SAMP1EHE1D0000000' },
    type: { S: 'order.held' },
    at: { S: '2026-11-21T12:00:00.000Z' },
    actor: { S: 'system' },
    correlationId: { S: 'cor_1' },
    data: {
      M: {
        customerId: { S: 'ada' },
        attempt: { N: '1' },
        version: { N: '3' },
        because: { S: 'SUSPICIOUS' },
        decideBy: { S: '2026-11-22T12:00:00.000Z' },
        steps: { L: [] },
      },
    },
  };
  wire.answers.Query = () => ({ Items: [event] });
  const told = await history(request({ path: { id: ID } }), context());
  expect(told.body).not.toContain('SUSPICIOUS');
  expect(bodyOf(told).items).toEqual([
    {
      at: '2026-11-21T12:00:00.000Z',
      type: 'order.held',
      actor: 'system',
      correlationId: 'cor_1',
      data: { customerId: 'ada', attempt: 1, version: 3, decideBy: '2026-11-22T12:00:00.000Z', steps: [] },
    },
  ]);
});

describe('holdOrder', () => {
  const input = {
    orderId: ID,
    attempt: 1,
    correlationId: 'cor_1',
    executionId: 'execution-1',
    paymentStatus: 'PENDING',
    reason: 'PARTLY_OUT_OF_STOCK',
    steps: [],
    short: [{ productId: 'mug', missing: 1 }],
  };

  test.each<[string, object]>([
    ['/short', { short: [] }],
    ['/short/0/missing', { short: [{ productId: 'mug', missing: 0 }] }],
    ['/short/0/productId', { short: [{ missing: 1 }] }],
    ['/reason', { reason: 'because I say so' }],
    ['/executionId', { executionId: '' }],
  ])('refuses an input with a wrong %s', async (place, over) => {
    await expect(hold({ ...input, ...over }, context())).rejects.toThrow(place);
    expect(wire.calls).toEqual([]);
  });

  test('of an order that is not there is superseded', async () => {
    expect(await hold(input, context())).toEqual({ outcome: 'SUPERSEDED' });
  });
});
