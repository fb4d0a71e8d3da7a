import type { ServerResponse } from 'node:http';
import { SandboxGateway } from '../../services/payments/adapters/sandbox-gateway';
import { newInvocation, runInvocation } from '../../shared/lambda/invocation';
import { ORDER, PRICE } from './support/desk';
import { reply, serve, type TestServer } from './support/http-server';

const charge = {
  id: 'chg_0A1B2C3D4E5F60718293A4B5C6',
  reference: ORDER,
  ...PRICE,
  status: 'succeeded',
  refunded: 0,
  createdAt: '2026-11-21T12:00:00.000Z',
};
const order = {
  key: `pay#${ORDER}`,
  reference: ORDER,
  money: PRICE,
  askedAt: 0,
  capture: true,
  chargeId: charge.id,
};

let server: TestServer;
let answer: (response: ServerResponse) => void;
const says = (status: number, body: unknown, headers = {}) => {
  answer = (response) => reply(response, status, body, headers);
};

beforeAll(async () => {
  server = await serve((_request, response) => answer(response));
});
beforeEach(() => {
  server.seen.length = 0;
});
afterAll(() => server.close());

const gateway = () => new SandboxGateway(server.url);

describe('the sandbox adapter', () => {
  test('sends the order’s key and price, and reads the charge', async () => {
    says(201, charge);
    const made = await gateway().charge(order, 'tok_visa');
    expect(made).toMatchObject({ id: charge.id, status: 'succeeded', money: PRICE });
    expect(server.seen[0]).toMatchObject({ method: 'POST', path: '/charges' });
    expect(server.seen[0]?.headers['idempotency-key']).toBe(`pay#${ORDER}`);
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({ reference: ORDER, ...PRICE, token: 'tok_visa' });
  });

  test('a 402 is a decline with its code', async () => {
    says(402, { decline_code: 'insufficient_funds', charge: { ...charge, status: 'declined' } });
    expect(await gateway().charge(order, 'tok_insufficient_funds')).toMatchObject({
      status: 'declined',
      declineCode: 'insufficient_funds',
    });
  });

  test.each([
    [409, { code: 'CONFLICT', reason: 'KEY_CLOSED' }, 'closed'],
    [400, { code: 'VALIDATION_FAILED' }, 'refused'],
    [422, { code: 'IDEMPOTENCY_KEY_REUSED' }, 'refused'],
  ])('%i on a charge means %j: %s', async (status, body, means) => {
    says(status, body);
    expect(await gateway().charge(order, 'tok_visa')).toMatchObject({ status: means });
  });

  test.each([
    ['500', 500, {}, 'UNREACHED', true],
    ['the gateway’s 503', 503, { message: 'Service Unavailable' }, 'UNREACHED', true],
    ['429', 429, { message: 'Too Many Requests' }, 'UNREACHED', true],
    ['no such route', 404, { message: 'Not Found' }, 'UNREACHED', false],
    ['a page of HTML', 201, '<html></html>', 'UNANSWERED', true],
    ['half an answer', 201, '{"id":"chg_', 'UNANSWERED', true],
    ['an answer without its amount', 201, { ...charge, amount: undefined }, 'UNANSWERED', true],
    ['an amount in words', 201, { ...charge, amount: '4598' }, 'UNANSWERED', true],
    ['a status nobody knows', 201, { ...charge, status: 'maybe' }, 'UNANSWERED', true],
    ['an endless answer', 201, JSON.stringify({ ...charge, more: 'x'.repeat(300_000) }), 'UNANSWERED', false],
  ])('%s is a fault, never an answer', async (_what, status, body, kind, mayRetry) => {
    says(status, body);
    await expect(gateway().charge(order, 'tok_visa')).rejects.toMatchObject({
      name: 'ProviderFault',
      kind,
      mayRetry,
    });
  });

  test('a redirect is not followed', async () => {
    says(302, '', { location: 'http://127.0.0.1:9/' });
    await expect(gateway().find(order)).rejects.toMatchObject({ kind: 'UNANSWERED' });
  });

  test('nobody listening: it could not be asked', async () => {
    const gone = await serve(() => undefined);
    await gone.close();
    await expect(new SandboxGateway(gone.url).find(order)).rejects.toMatchObject({ kind: 'UNREACHED' });
  });

  test('a connection cut after the request: it was asked, and nobody knows', async () => {
    answer = (response) => void response.socket?.destroy();
    await expect(gateway().charge(order, 'tok_visa')).rejects.toMatchObject({
      kind: 'UNANSWERED',
      mayRetry: true,
    });
  });

  test('a call ends with the invocation’s deadline', async () => {
    answer = () => undefined;
    const { invocation, end } = newInvocation({ getRemainingTimeInMillis: () => 1050, awsRequestId: 'r' });
    const asked = runInvocation(invocation, () => gateway().charge(order, 'tok_visa'));
    await expect(asked).rejects.toMatchObject({ kind: 'UNANSWERED' });
    end();
  });

  test('a call that nobody answers ends after 3 seconds', async () => {
    answer = () => undefined;
    const started = Date.now();
    await expect(gateway().find(order)).rejects.toMatchObject({
      kind: 'UNANSWERED',
      message: 'No answer: TimeoutError',
    });
    expect(Date.now() - started).toBeLessThan(4000);
  });

  test.each([
    [201, {}, 'SUCCEEDED'],
    [409, { code: 'REFUND_EXCEEDS_CAPTURE' }, 'FAILED'],
    [404, { code: 'NOT_FOUND' }, 'FAILED'],
  ])('a refund answered %i is %j %s', async (status, body, end) => {
    says(status, body);
    expect(await gateway().refund(order, { key: 'refund#x-1', amount: 100 })).toBe(end);
    expect(server.seen[0]).toMatchObject({ path: `/charges/${charge.id}/refunds`, body: '{"amount":100}' });
    expect(server.seen[0]?.headers['idempotency-key']).toBe('refund#x-1');
  });

  test('abandoning names the key, and anything but 200 is no acknowledgement', async () => {
    says(200, { key: order.key, closed: true });
    await gateway().abandon(order);
    expect(server.seen[0]).toMatchObject({ path: '/abandonments', body: JSON.stringify({ key: order.key }) });
    says(409, { code: 'CONFLICT' });
    await expect(gateway().abandon(order)).rejects.toMatchObject({ name: 'ProviderFault' });
  });

  test('finds by key, and lists page by page', async () => {
    says(200, { items: [charge] });
    expect(await gateway().find(order)).toMatchObject({ id: charge.id });
    expect(server.seen[0]?.path).toBe(`/charges?key=pay%23${ORDER}`);
    says(200, { items: [], nextCursor: 'abc' });
    expect(await gateway().list('2026-11-21T00:00:00Z', 'c=')).toEqual({ charges: [], nextCursor: 'abc' });
    expect(server.seen[1]?.path).toBe('/charges?since=2026-11-21T00%3A00%3A00Z&cursor=c%3D');
  });
});
