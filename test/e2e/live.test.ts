import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { followOrders } from '../../shared/client/live';
import { api, newKey } from '../support/api';
import { awsClient } from '../support/aws-client';
import { newTicket, openPage, Page } from '../support/live';
import { newCustomers } from '../support/new-customers';
import { getOrder, type OrderView, placeOrder } from '../support/order';
import { mailAbout } from '../support/outbox';
import { claimsOf } from '../support/pool-signature';
import { productOnSale } from '../support/product-on-sale';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

let ada: string;
let eve: string;
let product: string;
const pages: Page[] = [];

beforeAll(async () => {
  [ada, eve] = (await newCustomers(2)) as [string, string];
  product = await productOnSale(50);
});
afterAll(() => {
  for (const page of pages) page.close();
});

async function pageOf(token: string): Promise<Page> {
  const page = await openPage(token);
  pages.push(page);
  return page;
}

const order = async (token: string): Promise<OrderView> =>
  (await placeOrder({ items: [{ productId: product, quantity: 1 }], token })).body;

const rows = async () => ({
  client: DynamoDBDocumentClient.from(await awsClient(DynamoDBClient)),
  TableName: (await stack()).outputs.LiveTableName,
});

test('a customer opens a page, orders, and gets the confirmed order whole without asking', async () => {
  const [page, stranger] = [await pageOf(ada), await pageOf(eve)];
  const { id } = await order(ada);
  const frame = await page.hears('the confirmed order', (one) => one.order?.status === 'CONFIRMED');
  expect(frame.order).toEqual(await getOrder(id, ada));
  expect(frame).toMatchObject({ type: 'order', version: frame.order?.version });
  stranger.watch(id);
  await stranger.hears('that there is no such order', ({ code }) => code === 'NOT_FOUND');
  expect(stranger.frames.filter((one) => one.order)).toEqual([]);
});

test('what changed before the page stood comes by asking, and the client keeps the highest version alone', async () => {
  const { id } = await order(ada);
  await waitFor(async () => (await getOrder(id, ada)).status === 'CONFIRMED', { what: 'the confirmation' });
  const heard: OrderView[] = [];
  const live = followOrders({
    webSocketUrl: (await stack()).webSocketUrl as string,
    ticket: () => newTicket(ada),
    onOrder: (one) => heard.push(one as OrderView),
  });
  live.watch(id);
  live.watch(id);
  await waitFor(() => heard.length > 0, { what: 'the order that was asked for' });
  await api(`POST /orders/${id}/cancel`, { token: ada, key: newKey(), body: {} });
  await waitFor(() => heard.some(({ status }) => status === 'CANCELLED'), { what: 'the cancelled order' });
  live.close();
  const versions = heard.map(({ version }) => version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
});

test('a ticket opens one connection; an expired one, a made-up one and none open nothing', async () => {
  const ticket = await newTicket(ada);
  const [first, second] = await Promise.all([Page.open(ticket), Page.open(ticket)]);
  expect([first, second].filter(Boolean)).toHaveLength(1);
  expect(await Page.open(ticket)).toBeUndefined();
  (first ?? second)?.close();

  const late = await newTicket(ada);
  const { client, TableName } = await rows();
  const key = { id: `ticket#${createHash('sha256').update(late).digest('base64url')}` };
  await client.send(
    new UpdateCommand({
      TableName,
      Key: key,
      UpdateExpression: 'SET expiresAt = :now',
      ConditionExpression: 'attribute_exists(id)',
      ExpressionAttributeValues: { ':now': Date.now() - 1 },
    }),
  );
  expect(await Page.open(late)).toBeUndefined();
  expect(await Page.open('made-up')).toBeUndefined();
  expect(await Page.open('')).toBeUndefined();
  expect((await api('POST /live/tickets')).status).toBe(401);
});

test("a guest's link opens the way to its order alone, and is answered like the other routes where it does not", async () => {
  const place = () =>
    api<OrderView>('POST /guest/orders', {
      key: newKey(),
      body: {
        items: [{ productId: product, quantity: 1 }],
        payment: { token: 'tok_visa' },
        contact: { email: `live-${Date.now()}@example.com` },
      },
    });
  const [{ body: mine }, { body: other }] = await Promise.all([place(), place()]);
  const link = /https?:\S+\/guest\/orders\/\S+/.exec((await mailAbout(mine.id)).BodyText)?.[0] ?? 'none:';
  const token = new URL(link).searchParams.get('t');
  const { status, body } = await api(`POST /guest/orders/${mine.id}/live-tickets?t=${token}`);
  expect({ status, expiresIn: body.expiresIn }).toEqual({ status: 201, expiresIn: 30 });
  const page = (await Page.open(body.ticket)) as Page;
  pages.push(page);

  page.watch(mine.id);
  await page.hears('its order', (frame) => frame.order?.id === mine.id);
  page.watch(other.id);
  await page.hears('that there is no such order', ({ code }) => code === 'NOT_FOUND');
  await api(`POST /guest/orders/${mine.id}/cancel?t=${token}`, { key: newKey(), body: {} });
  await page.hears('the cancelled order', (frame) => frame.order?.status === 'CANCELLED');
  expect(page.frames.every((frame) => !frame.order || frame.order.id === mine.id)).toBe(true);

  const headers = { 'x-correlation-id': 'the-same' };
  const wrong = await api(`POST /guest/orders/${other.id}/live-tickets?t=${token}`, { headers });
  const none = await api(`GET /guest/orders/${other.id}?t=${token}`, { headers });
  expect([wrong.status, wrong.text]).toEqual([404, none.text]);
});

test('frames that make no sense are answered by an error each, and the page goes on', async () => {
  const page = await pageOf(ada);
  for (const frame of [
    'nonsense',
    '[]',
    '{"action":"watch"}',
    `{"action":"watch","orderId":"${'x'.repeat(2000)}"}`,
  ])
    page.send(frame);
  // Routes of the gateway's own, which a frame may name: nothing is opened or closed by it.
  for (const action of ['$connect', '$disconnect']) page.send({ action });
  await waitFor(() => page.frames.length >= 4, { what: 'an error for each' });
  expect(page.frames.map(({ type }) => type)).toEqual(Array(4).fill('error'));
  const codes = page.frames.map(({ code }) => code).sort();
  expect(codes).toEqual(['BODY_TOO_LARGE', 'VALIDATION_FAILED', 'VALIDATION_FAILED', 'VALIDATION_FAILED']);
  const { id } = await order(ada);
  await page.hears('the order', (frame) => frame.order?.id === id);
});

test('a connection that is gone loses its row at the first message to it', async () => {
  const { client, TableName } = await rows();
  const Key = { id: 'connection#gone-long-ago' };
  const openedAt = new Date(Date.now() - 60_000).toISOString();
  const ttl = Math.floor(Date.now() / 1000) + 3600;
  const Item = { ...Key, audience: `customer#${claimsOf(eve).sub}`, openedAt, ttl };
  await client.send(new PutCommand({ TableName, Item }));
  const page = await pageOf(eve);
  const { id } = await order(eve);
  await page.hears('the order', (frame) => frame.order?.id === id);
  await waitFor(async () => !(await client.send(new GetCommand({ TableName, Key }))).Item, {
    what: 'the row to go',
  });
});

test('the eleventh page of a customer closes the first, and pages that close leave no row behind', async () => {
  const first = await pageOf(eve);
  for (let n = 0; n < 10; n += 1) await pageOf(eve);
  await waitFor(() => first.closed, { what: 'the first page to be closed' });
  for (const page of pages) page.close();
  const { client, TableName } = await rows();
  const connections = new QueryCommand({
    TableName,
    IndexName: 'byAudience',
    KeyConditionExpression: 'audience = :audience',
    ExpressionAttributeValues: { ':audience': `customer#${claimsOf(eve).sub}` },
  });
  await waitFor(async () => (await client.send(connections)).Count === 0, { what: 'the rows to go' });
});
