import { readFileSync } from 'node:fs';
import type { Context } from 'aws-lambda';
import type { PaymentProcessed } from '../../../services/payments/use-cases/process-payment';
import { reply, serve, type TestServer } from '../../payments/support/http-server';

type Handler = (event: never, context: Context) => Promise<PaymentProcessed>;

const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 12_000 } as Context;
const sample = (name: string) =>
  JSON.parse(readFileSync(`${__dirname}/../../../events/samples/payments/${name}.step.json`, 'utf8'));

const charge = {
  id: 'chg_0A1B2C3D4E5F60718293A4B5C6',
  reference: sample('processPayment').orderId,
  ...sample('processPayment').amount,
  status: 'succeeded',
  refunded: 0,
  createdAt: '2026-11-21T12:00:00.000Z',
};

const row = (state: string) => ({
  orderId: { S: charge.reference },
  sk: { S: 'payment' },
  state: { S: state },
  attempt: { N: '1' },
  amount: { N: String(charge.amount) },
  currency: { S: charge.currency },
  askedAt: { N: '1795262400000' },
});

let dynamodb: TestServer;
let provider: TestServer;
let states: string[];
let answers: [number, unknown][];
const logged: string[] = [];

beforeAll(async () => {
  dynamodb = await serve((_request, response) => {
    reply(response, 200, { Attributes: row(states.shift() ?? 'PENDING') });
  });
  provider = await serve((_request, response) => {
    const [status, body] = answers.shift() ?? [201, charge];
    reply(response, status, body);
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: dynamodb.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    PAYMENTS_TABLE: 'payments',
    SANDBOX_URL: provider.url,
    CAPTURE_ON: 'order',
    STRIPE_SECRET: 'orderly-test-stripe',
    PAYMENT_RETURN_URL: 'https://shop.example.com/orders',
    SERVICE_NAME: 'payments',
    STAGE: 'test',
  });
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
    logged.push(String(line));
    return true;
  });
});
beforeEach(() => {
  dynamodb.seen.length = 0;
  provider.seen.length = 0;
  logged.length = 0;
  answers = [];
});
afterAll(async () => {
  jest.restoreAllMocks();
  await Promise.all([dynamodb.close(), provider.close()]);
});

const load = async (path: string) =>
  ((await import(`../../../services/payments/handlers/${path}`)) as { handler: Handler }).handler;

const writes = () => dynamodb.seen.map(({ headers }) => String(headers['x-amz-target']).split('.')[1]);

describe('the payment steps through their stack', () => {
  test('a payment is two single-item writes and one call under the order’s key', async () => {
    states = ['PENDING', 'CAPTURED'];
    const handler = await load('sandbox/process-payment');
    expect(await handler(sample('processPayment') as never, context)).toMatchObject({
      outcome: 'CAPTURED',
      paymentStatus: 'CAPTURED',
      step: { step: 'ProcessPayment', outcome: 'CAPTURED' },
    });
    expect(writes()).toEqual(['UpdateItem', 'UpdateItem']);
    expect(provider.seen.map(({ headers }) => headers['idempotency-key'])).toEqual([
      `pay#${charge.reference}`,
    ]);
    expect(provider.seen[0]?.headers['x-correlation-id']).toBe('sample-order');
  });

  test('metrics say what was charged; the token is in no log line', async () => {
    states = ['PENDING', 'CAPTURED'];
    const handler = await load('sandbox/process-payment');
    await handler(sample('processPayment') as never, context);
    const metrics = logged.filter((line) => line.includes('"_aws"')).map((line) => JSON.parse(line));
    expect(metrics).toContainEqual(
      expect.objectContaining({ Charges: 1, status: 'succeeded', service: 'payments' }),
    );
    expect(metrics).toContainEqual(
      expect.objectContaining({ ChargedAmount: charge.amount, currency: 'EUR' }),
    );
    expect(logged.join('')).not.toContain('tok_visa');
  });

  test('two 500s, then a charge: one step, three calls under one key', async () => {
    states = ['PENDING', 'CAPTURED'];
    answers = [
      [500, {}],
      [500, {}],
    ];
    const handler = await load('sandbox/process-payment');
    expect(await handler(sample('processPayment') as never, context)).toMatchObject({ outcome: 'CAPTURED' });
    expect(new Set(provider.seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(provider.seen).toHaveLength(3);
  });

  test('a provider that stays down is a fault for the machine to retry, noted on the row', async () => {
    states = ['PENDING', 'PENDING'];
    answers = Array.from({ length: 3 }, () => [503, {}]);
    const handler = await load('sandbox/process-payment');
    await expect(handler(sample('processPayment') as never, context)).rejects.toThrow(
      'The provider answered 503',
    );
    expect(dynamodb.seen[1]?.body).toContain('UNREACHED');
    expect(logged.join('')).toContain('"ProviderFaults":1');
  });

  test('a refund after the fact closes the row first', async () => {
    states = ['VOIDED'];
    const handler = await load('sandbox/refund-payment');
    expect(await handler(sample('refundPayment') as never, context)).toMatchObject({ outcome: 'VOIDED' });
    expect(writes()).toEqual(['UpdateItem']);
    expect(provider.seen).toEqual([]);
  });

  test.each([
    'sandbox/process-payment',
    'sandbox/refund-payment',
    'stripe/process-payment',
    'stripe/refund-payment',
  ])('%s refuses an input of another shape before it does anything', async (path) => {
    const handler = await load(path);
    await expect(handler({ orderId: 7, attempt: 1.5, correlationId: 'c' } as never, context)).rejects.toThrow(
      'Step input',
    );
    expect(dynamodb.seen).toEqual([]);
  });
});
