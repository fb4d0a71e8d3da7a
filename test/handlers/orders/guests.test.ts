import { marshall } from '@aws-sdk/util-dynamodb';
import { toRow } from '../../../services/orders/adapters/order-row';
import { guestCaller } from '../../../services/orders/domain/guest';
import { signLink } from '../../../services/orders/domain/guest-link';
import { idempotentRequest } from '../../../shared/kernel/idempotency';
import { DAY } from '../../../shared/kernel/time';
import { anOrder } from '../../orders/support/an-order';
import { catchLog } from '../../shared/support/log';
import { context, type Wire } from '../inventory/wire';
import {
  bodyOf,
  conditionFailed,
  type HttpHandler,
  KEY,
  order,
  pricesOnTheWire,
  request,
  startOrdersWire,
} from './support';

let wire: Wire;
let place: HttpHandler;
let open: HttpHandler;
let cancel: HttpHandler;
let link: HttpHandler;
let join: HttpHandler;
const log = catchLog();

const keys = { current: 'c'.repeat(64), previous: 'p'.repeat(64) };
const secrets: Record<string, string> = {
  'guest-links': JSON.stringify(keys),
  'email-index': 'e'.repeat(64),
};
const EMAIL = 'Ines.Carvalho@example.com';
const guest = anOrder({ customerId: 'gst_01KA00000SAMP1E0RDER000000', contact: { email: EMAIL } });
const rowOf = (over: object = {}) => ({
  Item: marshall(toRow({ ...guest, ...over }), { removeUndefinedValues: true }),
});

beforeAll(async () => {
  wire = await startOrdersWire();
  ({ handler: place } = await import('../../../services/orders/handlers/create-guest-order'));
  ({ handler: open } = await import('../../../services/orders/handlers/get-guest-order'));
  ({ handler: cancel } = await import('../../../services/orders/handlers/cancel-guest-order'));
  ({ handler: link } = await import('../../../services/orders/handlers/request-guest-link'));
  ({ handler: join } = await import('../../../services/orders/handlers/join-guest-orders'));
});
afterAll(() => wire.close());
beforeEach(() => {
  log.clear();
  wire.calls.length = 0;
  wire.answers = {
    BatchGetItem: pricesOnTheWire,
    GetSecretValue: ({ SecretId }) => ({ SecretString: secrets[SecretId] }),
    GetItem: () => rowOf(),
  };
});

const guestBody = (over: object = {}) => order({ contact: { email: EMAIL }, ...over });
const token = signLink(keys, guest.id, Date.now());
const opened = (t: string | undefined, id = guest.id) =>
  open(
    request({
      path: { id },
      query: t === undefined ? undefined : { t },
      headers: { 'x-correlation-id': 'c-1' },
    }),
    context(),
  );
const transactions = () =>
  wire.calls
    .filter(({ operation }) => operation === 'TransactWriteItems')
    .map(({ body }) => body.TransactItems);

describe('POST /guest/orders', () => {
  test('answers the order, and no link, and asks for the index key once', async () => {
    const result = await place(request({ body: guestBody() }), context());
    expect(result.statusCode).toBe(202);
    expect(result.headers).toMatchObject({ location: `/guest/orders/${bodyOf(result).id}` });
    expect(JSON.stringify(result)).not.toMatch(/\?t=|Carvalho/);
    wire.calls.length = 0;
    await place(request({ body: guestBody(), headers: { 'idempotency-key': `${KEY}2` } }), context());
    expect(wire.operations()).toEqual(['TransactWriteItems']);
  });

  test('the key and the count are those of the address, however it is written', async () => {
    await place(request({ body: guestBody({ contact: { email: EMAIL.toUpperCase() } }) }), context());
    const [record, count, row] = transactions().at(-1);
    const { recordKey } = idempotentRequest({
      caller: guestCaller(EMAIL),
      method: 'POST',
      route: '/guest/orders',
      key: KEY,
      body: {},
      parameters: {},
    });
    expect(record.Put.Item.pk.S).toBe(recordKey);
    expect(count.Update.Key.pk.S).toMatch(new RegExp(`^rate#${guestCaller(EMAIL)}#\\d+#[0-3]$`));
    expect(row.Put.Item.customerId.S).toMatch(/^gst_/);
    expect(row.Put.Item.emailHash.S).toMatch(/^[\w-]{22}$/);
  });

  test.each<[string, object, number, string[]]>([
    ['no contact', { contact: undefined }, 400, ['/contact']],
    ['a phone alone', { contact: { phone: '+44 20 7946 0018' } }, 400, ['/contact/email']],
    ['no address at all', { contact: { email: 'ines' } }, 400, ['/contact/email']],
    ['a customer of its own choice', { customerId: 'ada' }, 400, ['/customerId']],
    ['a hash of its own choice', { emailHash: 'x' }, 400, ['/emailHash']],
  ])('%s is refused before any call', async (_what, over, status, pointers) => {
    const result = await place(request({ body: guestBody(over) }), context());
    expect(result.statusCode).toBe(status);
    expect(bodyOf(result).errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
    expect(wire.calls).toEqual([]);
  });

  test('asks for an Idempotency-Key', async () => {
    const result = await place(
      request({ body: guestBody(), headers: { 'idempotency-key': undefined } }),
      context(),
    );
    expect(bodyOf(result).code).toBe('IDEMPOTENCY_KEY_INVALID');
  });
});

describe('GET /guest/orders/{id}', () => {
  test('shows the order to its link, kept by nobody and referred to nobody', async () => {
    const result = await opened(token);
    expect(result.statusCode).toBe(200);
    expect(bodyOf(result)).toMatchObject({ id: guest.id, status: 'PENDING' });
    expect(JSON.stringify(bodyOf(result))).not.toMatch(/gst_|Carvalho|tok_visa/);
    expect(result.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      etag: '"1"',
    });
  });

  test('expired, tampered with, of another order, joined, erased, none: one 404, the same to the byte', async () => {
    const [, expires, mac = ''] = token.split('.');
    const wrong: [string | undefined, object?][] = [
      [undefined],
      [''],
      ['nonsense'],
      ['x'.repeat(5000)],
      [signLink(keys, guest.id, Date.now() - 31 * DAY)],
      [signLink(keys, 'ord_01KA00000SAMP1E0RDER000001', Date.now())],
      [signLink({ current: 'o'.repeat(64) }, guest.id, Date.now())],
      [`${token.split('.')[0]}.${Number(expires) + 1}.${mac}`],
      [token, { customerId: 'ada' }],
      [token, { contact: undefined }],
    ];
    const answers = [];
    for (const [t, over] of wrong) {
      wire.answers.GetItem = () => rowOf(over);
      answers.push(await opened(t));
    }
    wire.answers.GetItem = () => ({});
    answers.push(await opened(token));
    expect(answers[0]).toMatchObject({ statusCode: 404, headers: { 'referrer-policy': 'no-referrer' } });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(log.text()).not.toContain(mac);
  });

  test('a token that does not open reads no order', async () => {
    await opened('nonsense');
    expect(wire.operations()).not.toContain('GetItem');
  });
});

describe('POST /guest/orders/{id}/cancel', () => {
  const cancelled = (t: string, headers = {}) =>
    cancel(request({ body: {}, path: { id: guest.id }, query: { t }, headers }), context());

  test('takes the order back', async () => {
    const result = await cancelled(token);
    expect([result.statusCode, bodyOf(result).id]).toEqual([202, guest.id]);
    expect(transactions()).toHaveLength(1);
  });

  test('writes nothing for a wrong token, and asks for a key', async () => {
    expect((await cancelled(`${token}x`)).statusCode).toBe(404);
    const result = await cancelled(token, { 'idempotency-key': undefined });
    expect(bodyOf(result).code).toBe('IDEMPOTENCY_KEY_INVALID');
    expect(transactions()).toEqual([]);
  });
});

describe('POST /guest/orders/link', () => {
  const asked = (over: object = {}) =>
    link(
      request({
        body: { orderId: guest.id, email: EMAIL, ...over },
        headers: { 'idempotency-key': undefined, 'x-correlation-id': 'c-1' },
      }),
      context(),
    );

  test('one answer, on the half second, whether there is such an order, too many were asked for, or a fault came', async () => {
    const answers = [];
    const took = [];
    const cases: Wire['answers'][] = [
      {},
      { GetItem: () => ({}) },
      { GetItem: () => rowOf({ customerId: 'ada' }) },
      { TransactWriteItems: () => conditionFailed({ Code: 'ConditionalCheckFailed' }) },
      { TransactWriteItems: () => conditionFailed({ Code: 'Unheard' }) },
    ];
    for (const given of cases) {
      Object.assign(wire.answers, { GetItem: () => rowOf(), TransactWriteItems: () => ({}) }, given);
      const start = performance.now();
      answers.push(await asked());
      took.push(performance.now() - start);
    }
    answers.push(await asked({ email: 'eve@example.com' }));
    expect(answers[0]).toMatchObject({ statusCode: 202, body: '{}' });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    for (const time of took) expect(time).toBeGreaterThan(495);
    expect(log.text()).not.toMatch(/Carvalho|eve@/);
  });

  test('the count of the hour comes first in the write', async () => {
    await asked();
    expect(transactions()[0][0].Update).toMatchObject({
      Key: { pk: { S: expect.stringMatching(new RegExp(`^link#${guest.id}#\\d+$`)) } },
      ExpressionAttributeValues: { ':most': { N: '3' } },
    });
  });

  test.each<[string, object]>([
    ['no address', { email: undefined }],
    ['an address that is none', { email: 'ines' }],
    ['no order', { orderId: undefined }],
    ['something more', { token: 'x' }],
  ])('%s is refused before any call', async (_what, over) => {
    expect(bodyOf(await asked(over)).code).toBe('VALIDATION_FAILED');
    expect(wire.calls).toEqual([]);
  });
});

describe('POST /me/guest-orders', () => {
  const attributes = (verified: string) => () => ({
    Username: 'ada',
    UserAttributes: [
      { Name: 'email', Value: EMAIL },
      { Name: 'email_verified', Value: verified },
    ],
  });
  const joined = (over = {}) =>
    join(request({ body: undefined, headers: { 'idempotency-key': KEY }, ...over }), context());
  const found = () => {
    wire.answers.Query = () => ({ Items: [{ id: { S: guest.id } }] });
    wire.answers.BatchGetItem = () => ({ Responses: { orders: [rowOf().Item] } });
  };

  test('moves the orders of a verified address', async () => {
    wire.answers.AdminGetUser = attributes('true');
    found();
    const result = await joined();
    expect([result.statusCode, bodyOf(result)]).toEqual([200, { joined: 1, more: false }]);
    const [, row, event] = transactions()[0];
    expect(row.Put.Item).toMatchObject({ customerId: { S: 'ada' }, version: { N: '2' } });
    expect(row.Put.Item.emailHash).toBeUndefined();
    expect(event.Put.Item.type.S).toBe('order.joined');
  });

  test.each(['false', ''])('an address that is not verified (%j) moves nothing', async (verified) => {
    wire.answers.AdminGetUser = attributes(verified);
    found();
    expect(bodyOf(await joined())).toEqual({ joined: 0, more: false });
    expect(wire.operations()).not.toContain('Query');
    expect(transactions()).toEqual([]);
  });

  test('asks for a key, and takes no parameter', async () => {
    expect(bodyOf(await joined({ headers: {} })).code).toBe('IDEMPOTENCY_KEY_INVALID');
    expect(bodyOf(await joined({ query: { email: 'eve' } })).code).toBe('VALIDATION_FAILED');
    expect(wire.calls).toEqual([]);
  });
});
