import { catchLog } from '../../shared/support/log';
import { context, type Wire } from '../inventory/wire';
import { bodyOf, type HttpHandler, request, startOrdersWire } from './support';

let wire: Wire;
const handlers: Record<string, HttpHandler> = {};
const log = catchLog();

beforeAll(async () => {
  wire = await startOrdersWire();
  ({ handler: (handlers.ship as HttpHandler) } = await import(
    '../../../services/orders/handlers/ship-order'
  ));
  ({ handler: (handlers.deliver as HttpHandler) } = await import(
    '../../../services/orders/handlers/deliver-shipment'
  ));
  ({ handler: (handlers.sendBack as HttpHandler) } = await import(
    '../../../services/orders/handlers/request-return'
  ));
  ({ handler: (handlers.receive as HttpHandler) } = await import(
    '../../../services/orders/handlers/receive-return'
  ));
});
afterAll(() => wire.close());
beforeEach(() => {
  log.clear();
  wire.calls.length = 0;
  wire.answers = {};
});

const line = { productId: 'mug', quantity: 1 };
const BODIES: Record<string, object> = {
  ship: { carrier: 'DHL', trackingNumber: 'JD01', lines: [line] },
  deliver: {},
  sendBack: { lines: [{ ...line, reason: 'Chipped' }] },
  receive: { lines: [{ ...line, restock: true }] },
};
const path = { id: 'ord_1', shipmentId: 'shp_1', returnId: 'ret_1' };
const PATHS: Record<string, Record<string, string>> = {
  ship: { id: 'ord_1' },
  deliver: { id: 'ord_1', shipmentId: 'shp_1' },
  sendBack: { id: 'ord_1' },
  receive: { id: 'ord_1', returnId: 'ret_1' },
};

const call = (what: string, given: Parameters<typeof request>[0] = {}) =>
  (handlers[what] as HttpHandler)(
    request({ body: BODIES[what], path: PATHS[what], caller: 'grace', groups: '[staff]', ...given }),
    context(),
  );

const lines = (over: object) => [{ ...line, ...over }];

type Bad = [what: string, of: string, given: Parameters<typeof request>[0], code: string, pointer?: string];

const BAD: Bad[] = [
  ['ship', 'no carrier', { body: { ...BODIES.ship, carrier: undefined } }, 'VALIDATION_FAILED', '/carrier'],
  [
    'ship',
    'a carrier of 61',
    { body: { ...BODIES.ship, carrier: 'x'.repeat(61) } },
    'VALIDATION_FAILED',
    '/carrier',
  ],
  [
    'ship',
    'a number with NUL',
    { body: { ...BODIES.ship, trackingNumber: 'J\u0000' } },
    'VALIDATION_FAILED',
    '/trackingNumber',
  ],
  ['ship', 'no lines', { body: { ...BODIES.ship, lines: [] } }, 'VALIDATION_FAILED', '/lines'],
  [
    'ship',
    'quantity 0',
    { body: { ...BODIES.ship, lines: lines({ quantity: 0 }) } },
    'VALIDATION_FAILED',
    '/lines/0/quantity',
  ],
  [
    'ship',
    'quantity 1.5',
    { body: { ...BODIES.ship, lines: lines({ quantity: 1.5 }) } },
    'VALIDATION_FAILED',
    '/lines/0/quantity',
  ],
  [
    'ship',
    'a quantity as text',
    { body: { ...BODIES.ship, lines: lines({ quantity: '1' }) } },
    'VALIDATION_FAILED',
    '/lines/0/quantity',
  ],
  ['ship', 'a status', { body: { ...BODIES.ship, status: 'DELIVERED' } }, 'VALIDATION_FAILED', '/status'],
  [
    'ship',
    'a card number as carrier',
    { body: { ...BODIES.ship, carrier: '4111 1111 1111 1111' } },
    'CARD_NUMBER_REFUSED',
    '/carrier',
  ],
  ['deliver', 'a field', { body: { at: 'yesterday' } }, 'VALIDATION_FAILED', '/at'],
  ['deliver', 'no body', { body: '' }, 'VALIDATION_FAILED', ''],
  [
    'deliver',
    'an empty shipment',
    { path: { ...path, returnId: '', shipmentId: '' } },
    'VALIDATION_FAILED',
    '/path/shipmentId',
  ],
  ['sendBack', 'no reason', { body: { lines: [line] } }, 'VALIDATION_FAILED', '/lines/0/reason'],
  [
    'sendBack',
    'a reason of 201',
    { body: { lines: lines({ reason: 'x'.repeat(201) }) } },
    'VALIDATION_FAILED',
    '/lines/0/reason',
  ],
  [
    'sendBack',
    'a card number as reason',
    { body: { lines: lines({ reason: 'Paid by 4111-1111-1111-1111' }) } },
    'CARD_NUMBER_REFUSED',
    '/lines/0/reason',
  ],
  [
    'sendBack',
    'quantity 0',
    { body: { lines: lines({ reason: 'x', quantity: 0 }) } },
    'VALIDATION_FAILED',
    '/lines/0/quantity',
  ],
  [
    'receive',
    'a negative quantity',
    { body: { lines: lines({ quantity: -1, restock: true }) } },
    'VALIDATION_FAILED',
    '/lines/0/quantity',
  ],
  [
    'receive',
    'restock in words',
    { body: { lines: lines({ restock: 'yes' }) } },
    'VALIDATION_FAILED',
    '/lines/0/restock',
  ],
  [
    'receive',
    'an amount',
    { body: { ...BODIES.receive, amount: { amount: 1, currency: 'EUR' } } },
    'VALIDATION_FAILED',
    '/amount',
  ],
];

test.each(BAD)(
  '%s with %s is told what is wrong, and no AWS call is made',
  async (what, _of, given, code, pointer) => {
    const answer = await call(what, given);
    expect(answer.statusCode).toBe(400);
    expect(bodyOf(answer)).toMatchObject({
      code,
      errors: expect.arrayContaining([expect.objectContaining({ pointer })]),
    });
    expect(wire.calls).toEqual([]);
  },
);

test.each(Object.keys(BODIES))(
  '%s without an Idempotency-Key is refused before any AWS call',
  async (what) => {
    const answer = await call(what, { headers: { 'idempotency-key': undefined } });
    expect([answer.statusCode, bodyOf(answer).code]).toEqual([400, 'IDEMPOTENCY_KEY_INVALID']);
    expect(wire.calls).toEqual([]);
  },
);

test.each(['ship', 'deliver', 'receive'])('%s is for staff, whoever else calls', async (what) => {
  for (const groups of [undefined, '[customers]', '[not-staff]']) {
    const answer = await call(what, { groups });
    expect([answer.statusCode, bodyOf(answer).code]).toEqual([403, 'FORBIDDEN']);
  }
  expect(wire.calls).toEqual([]);
});

test.each(['ship', 'deliver', 'receive'])(
  '%s with an If-Match that is no version of ours is 412',
  async (what) => {
    const answer = await call(what, { headers: { 'if-match': 'W/"x"' } });
    expect([answer.statusCode, bodyOf(answer).code]).toEqual([412, 'STALE']);
    expect(wire.calls).toEqual([]);
  },
);

test.each(Object.keys(BODIES))(
  '%s of an order that is not there is 404, and nothing is written',
  async (what) => {
    expect((await call(what)).statusCode).toBe(404);
    expect(wire.operations()).toEqual(['GetItem', 'GetItem']);
  },
);

const CONFIRMED = {
  id: { S: 'ord_1' },
  customerId: { S: 'ada' },
  status: { S: 'CONFIRMED' },
  paymentStatus: { S: 'CAPTURED' },
  fulfilmentStatus: { S: 'UNFULFILLED' },
  lines: { L: [{ M: { p: { S: 'mug' }, n: { S: 'Enamel Mug' }, q: { N: '2' }, u: { N: '1450' } } }] },
  total: { N: '2900' },
  currency: { S: 'EUR' },
  version: { N: '3' },
  attempt: { N: '1' },
  createdAt: { S: '2030-01-01T12:00:00.000Z' },
  updatedAt: { S: '2030-01-01T12:00:00.000Z' },
  correlationId: { S: 'cor_1' },
};

test('shipping writes reply, order, event, parcel and audit entry in one transaction, and nothing else', async () => {
  wire.answers.GetItem = () => ({ Item: CONFIRMED });
  const answer = await call('ship');
  expect([answer.statusCode, answer.headers?.etag]).toEqual([201, '"4"']);
  expect(wire.operations()).toEqual(['GetItem', 'TransactWriteItems']);
  const puts = wire.calls.at(-1)?.body.TransactItems.map(({ Put }: { Put: { TableName: string } }) => Put);
  expect(puts.map(({ TableName }: { TableName: string }) => TableName)).toEqual([
    'idempotency',
    'orders',
    'order-events',
    'order-fulfilment',
    'audit-log',
  ]);
  expect(puts[1]).toMatchObject({
    ConditionExpression: 'version = :before',
    Item: { lines: { L: [{ M: { s: { N: '1' }, d: { N: '0' } } }] }, version: { N: '4' } },
  });
  expect(puts[3].Item).toMatchObject({
    orderId: { S: 'ord_1' },
    sk: { S: `shipment#${bodyOf(answer).id}` },
    status: { S: 'SHIPPED' },
  });
  expect(puts[4].Item).toMatchObject({
    actor: { S: 'grace' },
    action: { S: 'ship-order' },
    target: { S: 'ord_1' },
  });
});

test('the reason of a return stays on its row: no event, no log line repeats it', async () => {
  const delivered = {
    p: { S: 'mug' },
    n: { S: 'Mug' },
    q: { N: '2' },
    u: { N: '1450' },
    s: { N: '2' },
    d: { N: '2' },
  };
  const row = {
    ...CONFIRMED,
    lines: { L: [{ M: delivered }] },
    status: { S: 'DELIVERED' },
    fulfilmentStatus: { S: 'DELIVERED' },
    lastDeliveredAt: { S: new Date().toISOString() },
  };
  wire.answers.GetItem = () => ({ Item: row });
  const body = { lines: lines({ reason: 'Ada Lovelace dropped it' }) };
  expect((await call('sendBack', { body, caller: 'ada', groups: undefined })).statusCode).toBe(201);
  const puts = wire.calls.at(-1)?.body.TransactItems.map(({ Put }: { Put: object }) => Put);
  expect(puts.map(({ TableName }: { TableName: string }) => TableName)).toEqual([
    'idempotency',
    'orders',
    'order-events',
    'order-fulfilment',
  ]);
  expect(JSON.stringify(puts[2])).not.toContain('Lovelace');
  expect(JSON.stringify(puts[3])).toContain('Lovelace');
  expect(log.text()).not.toContain('Lovelace');
});
