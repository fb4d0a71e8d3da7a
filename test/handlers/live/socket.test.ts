import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context } from 'aws-lambda';
import closed from '../../../events/samples/live/closeConnection.websocket.json';
import opened from '../../../events/samples/live/openConnection.websocket.json';
import pushed from '../../../events/samples/live/pushOrderStatus.sqs.json';
import watched from '../../../events/samples/live/watchOrder.websocket.json';
import { TinyAws } from '../notifications/aws';

const aws = new TinyAws();
const context = { awsRequestId: 'req-1', getRemainingTimeInMillis: () => 10_000 } as Context;

// biome-ignore lint/suspicious/noExplicitAny: handlers of four kinds of event
type Handler = (event: any, context: Context) => Promise<any>;
const handlers: Record<string, Handler> = {};

beforeAll(async () => {
  const url = await aws.start();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    LOG_LEVEL: 'silent',
    LIVE_TABLE: 'live',
    SNAPSHOT_FUNCTION: 'readOrderSnapshot',
    CONNECTIONS_URL: `${url}/local`,
    DEAD_LETTER_QUEUE: 'live-dlq',
  });
  const load = async (name: string) => (await import(`../../../services/live/handlers/${name}`)).handler;
  for (const name of ['open-connection', 'close-connection', 'watch-order', 'push-order-status'])
    handlers[name] = await load(name);
});
afterAll(() => aws.stop());

const SNAPSHOT = 'functions/readOrderSnapshot/invocations';
const PAGES = '/local/@connections/';
const order = { id: 'ord_01KA00000SAMP1E0RDER000000', version: 2, status: 'CONFIRMED' };
const row = { id: 'connection#c1', audience: 'customer#ada', openedAt: '2026-11-21T11:00:00.000Z' };

beforeEach(() => {
  aws.calls = [];
  aws.replies = {
    UpdateItem: () => ({ body: { Attributes: marshall(row) } }),
    [SNAPSHOT]: () => ({ body: { outcome: 'FOUND', customerId: 'ada', isGuests: false, order } }),
  };
});

const told = () => aws.called(PAGES).map(({ body }) => body);
const send = (body: unknown, more: object = {}) =>
  handlers['watch-order']?.(
    { ...watched, body: typeof body === 'string' ? body : JSON.stringify(body), ...more },
    context,
  );

const refused = (status: number, name: string, more: object = {}) => ({
  status,
  headers: { 'x-amzn-errortype': name },
  body: { __type: name, ...more },
});

test('a page that asks gets the whole order, by three calls', async () => {
  expect(await send({ action: 'watch', orderId: order.id })).toEqual({ statusCode: 200 });
  expect(told()).toEqual([{ type: 'order', order, version: 2 }]);
  expect(aws.called(SNAPSHOT)).toMatchObject([{ body: { orderId: order.id, customerId: 'ada' } }]);
  expect(aws.calls).toHaveLength(3);
});

test.each([
  ['nothing', '', 'VALIDATION_FAILED'],
  ['no JSON', 'nonsense', 'VALIDATION_FAILED'],
  ['a list', '[]', 'VALIDATION_FAILED'],
  ['an action that is not there', { action: 'buy', orderId: 'ord_1' }, 'VALIDATION_FAILED'],
  ['no order', { action: 'watch' }, 'VALIDATION_FAILED'],
  ['a member too many', { action: 'watch', orderId: 'ord_1', customerId: 'ada' }, 'VALIDATION_FAILED'],
  ['a polluting key', '{"action":"watch","orderId":"o","__proto__":{}}', 'VALIDATION_FAILED'],
  ['more than a kilobyte', { action: 'watch', orderId: 'o'.repeat(2000) }, 'BODY_TOO_LARGE'],
])('a frame of %s is answered by an error, and by nothing else', async (_what, body, code) => {
  expect(await send(body)).toEqual({ statusCode: 200 });
  expect(told()).toMatchObject([{ type: 'error', code, correlationId: expect.any(String) }]);
  expect(aws.calls).toHaveLength(1);
});

test('a frame too many in a minute asks nobody', async () => {
  aws.replies.UpdateItem = ({ body }) =>
    refused(400, 'ConditionalCheckFailedException', {
      Item: marshall({ ...row, minute: Number(body.ExpressionAttributeValues[':minute'].N), frames: 60 }),
    });
  await send({ action: 'watch', orderId: order.id });
  expect(told()).toMatchObject([{ code: 'RATE_LIMITED', retryAfter: 60 }]);
  expect(aws.called(SNAPSHOT)).toEqual([]);
});

test('when orders cannot answer the page is told to ask again', async () => {
  aws.replies[SNAPSHOT] = () => ({ body: {}, headers: { 'x-amz-function-error': 'Unhandled' } });
  expect(await send({ action: 'watch', orderId: order.id })).toEqual({ statusCode: 200 });
  expect(told()).toMatchObject([{ code: 'UNAVAILABLE' }]);
});

test('a ticket opens a connection for its audience, whose row goes after two hours', async () => {
  aws.replies.DeleteItem = () => ({ body: { Attributes: marshall({ audience: 'order#ord_1' }) } });
  aws.replies.Query = () => ({ body: { Items: [] } });
  expect(await handlers['open-connection']?.(opened, context)).toEqual({ statusCode: 200 });
  const [{ body: taken } = { body: undefined }] = aws.called('DeleteItem');
  expect(taken).toMatchObject({ ConditionExpression: 'expiresAt > :now' });
  expect(JSON.stringify(taken)).not.toContain(opened.queryStringParameters.ticket);
  const [{ body } = { body: undefined }] = aws.called('PutItem');
  expect(body.Item).toMatchObject({
    id: { S: `connection#${opened.requestContext.connectionId}` },
    audience: { S: 'order#ord_1' },
  });
  expect(Number(body.Item.ttl.N)).toBe(Math.floor(Date.parse(body.Item.openedAt.S) / 1000) + 7200);
});

test('a handshake without a good ticket is refused, and makes no row', async () => {
  aws.replies.DeleteItem = () => refused(400, 'ConditionalCheckFailedException');
  const open = (query: object | null) =>
    handlers['open-connection']?.({ ...opened, queryStringParameters: query }, context);
  expect(await open({ ticket: 'used' })).toEqual({ statusCode: 403 });
  expect(await open({ ticket: 'x'.repeat(4000) })).toEqual({ statusCode: 403 });
  expect(await open(null)).toEqual({ statusCode: 403 });
  expect(aws.called('PutItem')).toEqual([]);
});

test('a frame that names a route of the gateway opens and closes nothing', async () => {
  const asFrame = ({ requestContext, ...event }: typeof opened | typeof closed) => ({
    ...event,
    requestContext: { ...requestContext, eventType: 'MESSAGE' },
  });
  expect(await handlers['open-connection']?.(asFrame(opened), context)).toEqual({ statusCode: 400 });
  expect(await handlers['close-connection']?.(asFrame(closed), context)).toEqual({ statusCode: 400 });
  expect(aws.calls).toEqual([]);
});

test('a connection that is gone loses its row, and the others get the order', async () => {
  const now = Date.now();
  const open = ['slow', 'well'].map((id) => ({
    id: `connection#${id}`,
    audience: 'customer#ada',
    openedAt: new Date(now - 60_000).toISOString(),
  }));
  aws.replies.Query = ({ body }) =>
    JSON.stringify(body).includes('customer#')
      ? { body: { Items: open.map((one) => marshall(one)) } }
      : { body: { Items: [] } };
  aws.replies[SNAPSHOT] = () => ({
    body: { outcome: 'FOUND', customerId: 'ada', isGuests: false, order },
  });
  aws.replies['@connections/slow'] = () => refused(410, 'GoneException');
  const result = await handlers['push-order-status']?.(pushed, context);
  expect(result).toEqual({ batchItemFailures: [] });
  expect(aws.called('@connections/well')).toHaveLength(1);
  expect(aws.called('DeleteItem').map(({ body }) => body.Key.id.S)).toEqual(['connection#slow']);
});

// The last: it leaves no error frame to tell, until the bucket has filled again.
test('a flood of nonsense is not answered by another', async () => {
  const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
  await Promise.all(Array.from({ length: 100 }, () => send('nonsense')));
  now.mockRestore();
  expect(told().length).toBeLessThanOrEqual(40);
});
