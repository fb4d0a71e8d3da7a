import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context } from 'aws-lambda';
import pushed from '../../../events/samples/live/pushOrderStatus.sqs.json';
import { TinyAws } from '../notifications/aws';

const aws = new TinyAws();
const context = { awsRequestId: 'req-1', getRemainingTimeInMillis: () => 10_000 } as Context;
const order = { id: 'ord_01KA00000SAMP1E0RDER000000', version: 2, status: 'CONFIRMED' };

/** The connections: messages to one of them are taken and never answered. */
const asked: { what: string; at: number }[] = [];
const pages = createServer((request, response) => {
  const what = `${request.method} ${request.url?.split('/').at(-1)}`;
  asked.push({ what, at: Date.now() });
  request.resume();
  if (what !== 'POST slow') response.end();
});

// biome-ignore lint/suspicious/noExplicitAny: the event of a queue
let handler: (event: any, context: Context) => Promise<unknown>;

beforeAll(async () => {
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: await aws.start(),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    LOG_LEVEL: 'silent',
    LIVE_TABLE: 'live',
    SNAPSHOT_FUNCTION: 'readOrderSnapshot',
    CONNECTIONS_URL: `http://127.0.0.1:${(pages.address() as AddressInfo).port}/local`,
    DEAD_LETTER_QUEUE: 'live-dlq',
  });
  ({ handler } = await import('../../../services/live/handlers/push-order-status'));
});
afterAll(async () => {
  pages.closeAllConnections();
  await Promise.all([aws.stop(), new Promise((resolve) => pages.close(resolve))]);
});

test('a page that takes nothing is closed after two tries of a second, and the others have the order long before', async () => {
  const openedAt = new Date(Date.now() - 60_000).toISOString();
  const rows = ['slow', 'well', 'good'].map((id) =>
    marshall({ id: `connection#${id}`, audience: 'customer#ada', openedAt }),
  );
  aws.replies.Query = ({ body }) => ({
    body: { Items: JSON.stringify(body).includes('customer#') ? rows : [] },
  });
  aws.replies['functions/readOrderSnapshot/invocations'] = () => ({
    body: { outcome: 'FOUND', customerId: 'ada', isGuests: false, order },
  });
  const start = Date.now();
  expect(await handler(pushed, context)).toEqual({ batchItemFailures: [] });
  const at = (what: string): number => (asked.find((one) => one.what === what)?.at ?? Number.NaN) - start;
  expect(asked.map(({ what }) => what).sort()).toEqual([
    'DELETE slow',
    'POST good',
    'POST slow',
    'POST slow',
    'POST well',
  ]);
  expect(Math.max(at('POST well'), at('POST good'))).toBeLessThan(at('DELETE slow') - 1500);
  expect(aws.called('DeleteItem').map(({ body }) => body.Key.id.S)).toEqual(['connection#slow']);
});
