import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import sample from '../../events/samples/orders/createOrder.http.json';
import { newKey } from '../support/api';
import { type FaultProxy, startProxy } from '../support/proxy';
import { stack } from '../support/stack';

type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

let proxy: FaultProxy;
let handler: Handler;

/** The function as it is deployed, in this process, so that its every call passes the proxy. */
beforeAll(async () => {
  const { endpoint, region, stage } = await stack();
  proxy = await startProxy(endpoint);
  const table = (name: string) => `orderly-${stage}-${name}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: proxy.url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    LOG_LEVEL: 'silent',
    ORDERS_TABLE: table('orders'),
    ORDER_EVENTS_TABLE: table('order-events'),
    IDEMPOTENCY_TABLE: table('idempotency'),
    PRICES_TABLE: table('prices'),
    ORDERS_PER_MINUTE: '10000',
  });
  ({ handler } = await import('../../services/orders/handlers/create-order'));
});
afterAll(() => proxy.close());

const context = { awsRequestId: 'calls', getRemainingTimeInMillis: () => 10_000 } as Context;

/** The operations on the wire while the work ran. */
async function wireOf(work: () => Promise<unknown>): Promise<string[]> {
  const before = proxy.seen.length;
  await work();
  return proxy.seen.slice(before).map(({ headers }) => String(headers['x-amz-target']).split('.')[1] ?? '');
}

async function place(key: string): Promise<APIGatewayProxyStructuredResultV2> {
  const event = { ...sample, headers: { ...sample.headers, 'idempotency-key': key } };
  const result = await handler(event as unknown as APIGatewayProxyEventV2, context);
  expect(result.statusCode).toBe(202);
  return result;
}

test('POST /orders makes two AWS calls with a cold price cache, one with a warm one, and one for a replay', async () => {
  const key = newKey();
  expect(await wireOf(() => place(key))).toEqual(['BatchGetItem', 'TransactWriteItems']);
  expect(await wireOf(() => place(newKey()))).toEqual(['TransactWriteItems']);
  expect(await wireOf(() => place(key))).toEqual(['TransactWriteItems']);
});
