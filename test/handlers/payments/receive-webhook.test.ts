import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import Stripe from 'stripe';
import { reply, serve, type TestServer } from '../../payments/support/http-server';

type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 6000 } as Context;

let aws: TestServer;
const kept = new Set<string>();

beforeAll(async () => {
  aws = await serve(({ headers, body }, response) => {
    if (String(headers['x-amz-target']).startsWith('secretsmanager')) {
      return reply(response, 200, { SecretString: 'new\nold\n' });
    }
    const id = JSON.parse(body).Item.id.S as string;
    if (kept.has(id)) {
      return reply(response, 400, {
        __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
      });
    }
    kept.add(id);
    reply(response, 200, {});
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    LOG_LEVEL: 'silent',
    PAYMENT_EVENTS_TABLE: 'payment-events',
    WEBHOOK_SECRET: 'payment-webhooks',
    PUBLIC_CALLS_PER_SECOND: '20',
  });
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
beforeEach(() => {
  aws.seen.length = 0;
  kept.clear();
});
afterAll(async () => {
  jest.restoreAllMocks();
  await aws.close();
});

const now = () => Math.floor(Date.now() / 1000);

const PROVIDERS = {
  sandbox: {
    body: JSON.stringify({
      id: 'evt_1',
      type: 'charge.settled',
      data: { charge: { id: 'chg_1', reference: 'ord_1', currency: 'EUR' } },
    }),
    sign: (body: string, secret: string, at: number) =>
      `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`,
  },
  stripe: {
    body: JSON.stringify({
      id: 'evt_1',
      object: 'event',
      type: 'payment_intent.succeeded',
      data: { object: { id: 'pi_1', metadata: { orderId: 'ord_1' } } },
    }),
    sign: (payload: string, secret: string, timestamp: number) =>
      Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }),
  },
};

describe.each(['sandbox', 'stripe'] as const)('POST /webhooks/payments of %s', (provider) => {
  const { body: good, sign } = PROVIDERS[provider];

  async function post(body: string, signature?: string, isBase64Encoded = false) {
    const { handler } = (await import(`../../../services/payments/handlers/${provider}/receive-webhook`)) as {
      handler: Handler;
    };
    const event = {
      version: '2.0',
      routeKey: 'POST /webhooks/payments',
      rawPath: '/webhooks/payments',
      headers: { ...(signature !== undefined && { [`${provider}-signature`]: signature }) },
      requestContext: { http: { method: 'POST' } },
      body: isBase64Encoded ? Buffer.from(body).toString('base64') : body,
      isBase64Encoded,
    } as unknown as APIGatewayProxyEventV2;
    const { statusCode, body: text } = await handler(event, context);
    return { status: statusCode, body: JSON.parse(text ?? 'null') };
  }

  test.each(['new', 'old'])(
    'signed by the %s secret: kept in one write, then thanked for',
    async (secret) => {
      const answer = await post(good, sign(good, secret, now()));
      expect(answer).toEqual({ status: 200, body: { received: true } });
      expect([...kept]).toEqual(['notice#evt_1']);
    },
  );

  test('in base64, as the gateway hands on what it takes for bytes', async () => {
    expect(await post(good, sign(good, 'new', now()), true)).toMatchObject({ status: 200 });
  });

  test('a duplicate is thanked for and kept once', async () => {
    for (let n = 0; n < 3; n += 1) expect((await post(good, sign(good, 'new', now()))).status).toBe(200);
    expect(kept.size).toBe(1);
  });

  test.each([
    ['no signature', () => undefined],
    ['a signature of nobody', () => sign(good, 'guessed', now())],
    ['a signature of five minutes ago', () => sign(good, 'new', now() - 301)],
    ['nonsense', () => 'v1=;;;t'],
  ])('%s: 400, and nothing is kept', async (_what, signature) => {
    expect(await post(good, signature())).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(kept.size).toBe(0);
  });

  test('too large: 413 before anything is asked or computed', async () => {
    const huge = `${good}${' '.repeat(64 * 1024)}`;
    expect(await post(huge, sign(huge, 'new', now()))).toMatchObject({ status: 413 });
    expect(aws.seen).toEqual([]);
  });

  test('a flood: 429 once two seconds’ worth came, which a provider sends again', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => post(good)));
    expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
  });
});
