import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { invoke } from '../inventory/support/deployed';
import { api, newKey } from '../support/api';
import { awsClient } from '../support/aws-client';
import { searchEverywhere } from '../support/everywhere';
import { newTicket, Page } from '../support/live';
import { ops } from '../support/ops';
import { getOrder, ledger, type OrderView, placeOrder, settled } from '../support/order';
import { mailAbout } from '../support/outbox';
import { productOnSale } from '../support/product-on-sale';
import { signIn, tokenOf } from '../support/sign-in';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

const start = Date.now();
/** In every word that this person says of themselves, and in nothing else. */
const mark = `zorro${start.toString(36)}`;
const digits = String(randomInt(10_000_000, 99_999_999));
const phone = `+4477${digits}`;
const email = `${mark}@example.com`;
const otherEmail = `other.${mark}@example.com`;
const address = {
  name: `Ada ${mark}`,
  line1: `12 ${mark} Street`,
  line2: `Flat ${mark}`,
  city: `${mark} City`,
  postalCode: 'X1 2YZ',
  country: 'GB',
};
const words = [mark, digits];

/** More than the stage's `reviewAbove`. */
const DEAR = 250_000;
const newRequestId = (): string => `DSR-2026-${randomInt(1, 99_999_999)}`;

interface Request {
  status: string;
  orders: number;
  openOrders?: string[];
  files?: { name: string; url: string }[];
}

async function ask(what: 'export' | 'erase', named: object, requestId = newRequestId()) {
  const body = { requestId, ...named };
  const answer = await api(`POST /staff/people/${what}`, {
    token: await tokenOf('staff'),
    key: newKey(),
    body,
  });
  return { requestId, ...answer };
}

const ended = async (requestId: string): Promise<Request> =>
  waitFor(
    async () => {
      const path = `GET /staff/people/requests/${requestId}`;
      const { body } = await api<Request>(path, { token: await tokenOf('staff') });
      return body.status !== 'RUNNING' && body;
    },
    { limit: 40_000, what: `the end of ${requestId}` },
  );

async function account(): Promise<{ token: string; customerId: string }> {
  const cognito = await awsClient(CognitoIdentityProviderClient);
  const UserPoolId = (await stack()).userPoolId;
  const password = 'Erase-what-is-mine-1!';
  const { User } = await cognito.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username: email,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
        { Name: 'name', Value: address.name },
      ],
    }),
  );
  await cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password: password, Permanent: true }),
  );
  const { accessToken: token } = await signIn({ email, password });
  const sub = User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value;
  return { token, customerId: sub as string };
}

let token: string;
let customerId: string;
let product: string;
const orders: Record<'returned' | 'cancelled' | 'joined' | 'guest' | 'other' | 'held', string> = {
  returned: '',
  cancelled: '',
  joined: '',
  guest: '',
  other: '',
  held: '',
};

const post = async (path: string, body: object, by: string) => {
  const answer = await api(`POST ${path}`, { token: by, key: newKey(), body });
  if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
  return answer.body;
};

const mine = async (more: object = {}): Promise<string> => {
  const { body } = await placeOrder({
    items: [{ productId: product, quantity: 2 }],
    token,
    more: { contact: { email, phone }, shippingAddress: address, ...more },
  });
  await settled(body.id, { token });
  return body.id;
};

async function asGuest(as: string): Promise<string> {
  const body = {
    items: [{ productId: product, quantity: 1 }],
    payment: { token: 'tok_visa' },
    contact: { email: as, phone },
    shippingAddress: address,
  };
  return (await api<OrderView>('POST /guest/orders', { key: newKey(), body })).body.id;
}

const linkOf = async (orderId: string): Promise<string> => {
  const { BodyText } = await mailAbout(orderId);
  return new URL(/https?:\S+\/guest\/orders\/\S+/.exec(BodyText)?.[0] ?? 'none:').searchParams.get('t') ?? '';
};

/** Shipped, delivered, one unit returned and its price refunded, and a part of the rest by staff. */
async function shipAndReturn(id: string): Promise<void> {
  const staff = await tokenOf('staff');
  const one = { productId: product, quantity: 1 };
  const lines = [{ productId: product, quantity: 2 }];
  const parcel = await post(
    `/orders/${id}/shipments`,
    { carrier: 'DHL', trackingNumber: 'JD01', lines },
    staff,
  );
  await post(`/orders/${id}/shipments/${parcel.id}/delivered`, {}, staff);
  const back = { lines: [{ ...one, reason: `Too small for ${mark}` }] };
  const { id: returnId } = await post(`/orders/${id}/returns`, back, token);
  await post(`/orders/${id}/returns/${returnId}/received`, { lines: [{ ...one, restock: true }] }, staff);
  const amount = { amount: 10, currency: 'EUR' };
  await post(`/orders/${id}/refunds`, { amount, reason: `${mark} rang and was upset` }, staff);
  await waitFor(() => returned(id), { what: 'the return to be settled' });
}

const returned = async (id: string) =>
  (await api(`GET /orders/${id}/history`, { token })).text.includes('order.return-closed');

/** What nobody takes: it is refused, and should leave nothing behind. */
async function refusedInput(): Promise<void> {
  const bad = { ...address, country: mark };
  const body = {
    items: [{ productId: product, quantity: 1 }],
    payment: { token: mark },
    shippingAddress: bad,
  };
  expect((await api('POST /orders', { token, key: newKey(), body })).status).toBe(400);
  const headers = { 'if-match': '"1"' };
  expect((await api('PATCH /me', { token, headers, body: { addresses: [bad] } })).status).toBe(400);
  expect((await api(`GET /orders/${encodeURIComponent(email)}`, { token })).status).toBe(404);
  const by = { body: { orderId: orders.guest, email: `not.${email}` } };
  expect((await api('POST /guest/orders/link', by)).status).toBe(202);
}

let dear: string;

/** What a partner gets of these orders. */
const told: string[] = [];
const partner = createServer(async (request, response) => {
  for await (const chunk of request) told.push(String(chunk));
  response.writeHead(204).end();
});
let endpointId: string;
let page: Page | undefined;

/** A partner and the customer's own page hear of all that follows. */
async function listeners(): Promise<void> {
  await new Promise<void>((resolve) => partner.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(partner.address() as AddressInfo).port}/hook`;
  const events = ['order.confirmed', 'order.shipped', 'order.cancelled'];
  const body = { url, events, ownerEmail: 'owner@partner.example.com' };
  endpointId = (await post('/webhook-endpoints', body, await tokenOf('staff'))).id;
  page = await Page.open(await newTicket(token));
}

/** A mail that came back, as SES tells it. */
async function bounce(orderId: string): Promise<void> {
  const sns = await awsClient(SNSClient);
  const { MessageId } = await mailAbout(orderId);
  await sns.send(
    new PublishCommand({
      TopicArn: (await stack()).outputs.EmailFeedbackTopicArn,
      Message: JSON.stringify({
        eventType: 'Bounce',
        bounce: {
          bounceType: 'Permanent',
          bounceSubType: 'General',
          bouncedRecipients: [{ emailAddress: otherEmail }],
        },
        mail: { messageId: MessageId, destination: [otherEmail] },
      }),
    }),
  );
}

beforeAll(async () => {
  [product, dear] = await Promise.all([productOnSale(50), productOnSale(5, DEAR)]);
  ({ token, customerId } = await account());
  const kept = {
    addresses: [address],
    devices: [{ platform: 'fcm', token: `${mark}-device-token` }],
    preferences: { email: { 'order-delivered': false } },
  };
  const headers = { 'if-match': '"0"' };
  expect((await api('PATCH /me', { token, headers, body: kept })).status).toBe(200);
  await listeners();
  orders.joined = await asGuest(email);
  await linkOf(orders.joined);
  await waitFor(
    async () => (await api('POST /me/guest-orders', { token, key: newKey(), body: {} })).body.joined > 0,
    { what: 'the order to be joined' },
  );
  await post(`/orders/${orders.joined}/cancel`, { reason: `${mark} has two` }, token);
  [orders.guest, orders.other, orders.returned, orders.cancelled] = await Promise.all([
    asGuest(email),
    asGuest(otherEmail),
    mine(),
    mine(),
  ]);
  await post(`/orders/${orders.cancelled}/cancel`, { reason: `${mark} moved house` }, token);
  await shipAndReturn(orders.returned);
  await refusedInput();
  const link = await linkOf(orders.other);
  await bounce(orders.other);
  expect(link).not.toBe('');
  await waitFor(() => told.some((body) => body.includes(orders.returned)), {
    what: 'the partner to be told',
  });
}, 180_000);

afterAll(async () => {
  page?.close();
  await api(`DELETE /webhook-endpoints/${endpointId}`, { token: await tokenOf('staff') });
  partner.closeAllConnections();
  partner.close();
});

test('an export has all that was said: account, orders, returns, refunds, guest orders under the address', async () => {
  const { requestId, status, text } = await ask('export', { email });
  expect({ status, text }).toMatchObject({ status: 202 });
  const { files = [], orders: count } = await ended(requestId);
  expect(count).toBe(4);
  const exported = (await Promise.all(files.map(async ({ url }) => (await fetch(url)).text()))).join('\n');
  for (const said of [
    ...[email, phone, address.line1, `${mark}-device-token`, `Too small for ${mark}`],
    ...[`${mark} rang and was upset`, `${mark} moved house`, `${mark} has two`],
    ...[orders.returned, orders.cancelled, orders.joined, orders.guest],
  ])
    expect(exported).toContain(said);
  expect(exported).not.toContain(otherEmail);
  // What the search below has to find while it is there.
  const { hits } = await searchEverywhere(words, start - 1000);
  const kinds = new Set(hits.map(({ where }) => where.split(' ')[0]));
  expect([...kinds].sort()).toEqual(['bucket', 'table', 'user']);
});

test('who has an open order is not erased, and the same request goes on when it has ended', async () => {
  const guestToken = await linkOf(orders.guest);
  const { body } = await placeOrder({
    items: [{ productId: dear, quantity: 1 }],
    token,
    more: { contact: { email, phone }, shippingAddress: address },
  });
  orders.held = body.id;
  await waitFor(async () => (await getOrder(body.id, token)).status === 'IN_REVIEW', { what: 'the review' });
  const { requestId } = await ask('erase', { email });
  const refusal = await ended(requestId);
  expect(refusal).toMatchObject({ status: 'REFUSED' });
  expect(refusal.openOrders).toContain(orders.held);
  expect((await api('GET /me', { token })).text).toContain(mark);

  const review = { decision: 'refuse', note: `${mark} looks like a fraud` };
  await post(`/orders/${orders.held}/review`, review, await tokenOf('staff'));
  const body2 = { reason: `${mark} again` };
  await api(`POST /guest/orders/${orders.guest}/cancel?t=${guestToken}`, { key: newKey(), body: body2 });
  for (const id of [orders.joined, orders.cancelled, orders.held, orders.guest, orders.returned])
    await waitFor(async () => !(await rowOf(id))?.open, { what: `the end of ${id}` });
  const again = await ask('erase', { email }, requestId);
  expect(again.status).toBe(202);
  const done = await ended(requestId);
  expect(done).toMatchObject({ status: 'DONE', orders: 5 });
  expect((await ask('erase', { email }, requestId)).status).toBe(409);

  const gone = await api(`GET /guest/orders/${orders.guest}?t=${guestToken}`);
  const never = await api(`GET /guest/orders/${orders.guest}?t=nonsense`);
  expect([gone.status, never.status]).toEqual([404, 404]);
  expect(await invoke('readOrderContact', { orderId: orders.guest, correlationId: 'e2e-erase' })).toEqual({
    outcome: 'ERASED',
  });
  expect(await invoke('readOrderContact', { orderId: orders.returned, correlationId: 'e2e-erase' })).toEqual({
    outcome: 'ERASED',
  });
  const cached = await api('GET /me', { token });
  expect(cached.body).toMatchObject({ addresses: [], devices: [], version: 0 });
  const change = { addresses: [address], devices: [{ platform: 'fcm', token: `${mark}-device-token` }] };
  const remade = await api('PATCH /me', { token, headers: { 'if-match': '"0"' }, body: change });
  expect(remade).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
});

async function rowOf(id: string) {
  const client = DynamoDBDocumentClient.from(await awsClient(DynamoDBClient));
  const TableName = (await stack()).outputs.OrdersTableName;
  return (await client.send(new GetCommand({ TableName, Key: { id }, ConsistentRead: true }))).Item;
}

test('a guest is erased by one of their orders, from the command line', async () => {
  const token = await linkOf(orders.other);
  const reason = { reason: `${mark} changed their mind` };
  await waitFor(
    async () =>
      (await api(`POST /guest/orders/${orders.other}/cancel?t=${token}`, { key: newKey(), body: reason }))
        .body.status === 'CANCELLED',
    { what: 'the cancellation' },
  );
  await waitFor(async () => !(await rowOf(orders.other))?.open, { what: 'the refund' });
  const said = await ops('person', 'erase', newRequestId(), '--order', orders.other, '--yes');
  expect(said).toMatchObject({ code: 0, stdout: expect.stringContaining('ERASE  DONE  1 orders') });
  expect((await ask('erase', { orderId: orders.other })).status).toBe(404);
});

test('what the books need is still there', async () => {
  const row = await rowOf(orders.returned);
  expect(row).toMatchObject({
    customerId,
    total: 200,
    currency: 'EUR',
    taxCountry: 'GB',
    status: 'DELIVERED',
  });
  expect(row?.lines).toHaveLength(1);
  expect(row?.erasedAt).toBeDefined();
  expect(await ledger(orders.returned)).toMatchObject([{ amount: 200, refunded: 110 }]);
});

test('no word of theirs is in any table, bucket, queue or log', async () => {
  const { places, read, hits } = await searchEverywhere(words, start - 1000);
  const found = hits.map(({ where, text }) => `${where}: ${text.slice(0, 600)}`);
  expect(found).toEqual([]);
  expect(read).toBeGreaterThan(1000);
  for (const kind of ['table', 'bucket', 'queue', 'log']) expect(places[kind]).toBeGreaterThan(2);
});
