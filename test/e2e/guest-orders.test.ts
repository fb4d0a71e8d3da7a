import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { accounts } from '../../shared/client/accounts';
import { HOUR } from '../../shared/kernel/time';
import { type Answer, api, newKey } from '../support/api';
import { awsClient } from '../support/aws-client';
import type { OrderView } from '../support/order';
import { mailAbout, outbox } from '../support/outbox';
import { productOnSale } from '../support/product-on-sale';
import { signIn } from '../support/sign-in';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

const NO_ORDER = 'ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W';
const stamp = Date.now().toString(36);

let product: string;
beforeAll(async () => {
  product = await productOnSale(50);
});

async function placeAsGuest(email: string): Promise<OrderView> {
  const body = {
    items: [{ productId: product, quantity: 1 }],
    payment: { token: 'tok_visa' },
    contact: { email },
  };
  const answer = await api<OrderView>('POST /guest/orders', { key: newKey(), body });
  expect(answer.status).toBe(202);
  return answer.body;
}

/** The link of a mail, as its reader finds it in the text. */
async function linkIn(text: string): Promise<{ id: string; token: string }> {
  const url = new URL(/https?:\S+\/guest\/orders\/\S+/.exec(text)?.[0] ?? 'none:');
  expect(url.href).toContain(`${(await stack()).apiUrl}/guest/orders/`);
  return { id: url.pathname.split('/').at(-1) as string, token: url.searchParams.get('t') as string };
}

const linkOf = async (orderId: string) => linkIn((await mailAbout(orderId)).BodyText);

const headers = { 'x-correlation-id': `guest-${stamp}` };
const open = (id: string, token?: string): Promise<Answer<OrderView>> =>
  api<OrderView>(`GET /guest/orders/${id}${token === undefined ? '' : `?t=${token}`}`, { headers });

const plain = ({ status, text, headers: all }: Answer<unknown>) => ({
  status,
  text,
  type: all.get('content-type'),
  cache: all.get('cache-control'),
  referrer: all.get('referrer-policy'),
});

test('a guest orders, reads the link out of the mail, opens the order and cancels it', async () => {
  const order = await placeAsGuest(`cancels-${stamp}@example.com`);
  const { id, token } = await linkOf(order.id);
  expect(id).toBe(order.id);
  const opened = await open(id, token);
  expect(opened).toMatchObject({ status: 200, body: { id, status: 'CONFIRMED' } });
  expect(plain(opened)).toMatchObject({ cache: 'no-store', referrer: 'no-referrer' });
  const key = newKey();
  const cancelled = await api(`POST /guest/orders/${id}/cancel?t=${token}`, {
    key,
    body: { reason: 'Twice' },
  });
  expect(cancelled).toMatchObject({ status: 202, body: { status: 'CANCELLED' } });
  const again = await api(`POST /guest/orders/${id}/cancel?t=${token}`, { key, body: { reason: 'Twice' } });
  expect(again.text).toBe(cancelled.text);
  await waitFor(async () => (await open(id, token)).body.paymentStatus === 'REFUNDED', {
    what: 'the refund',
  });
  for (const route of [`GET /orders/${id}`, `GET /orders/${id}/history`])
    expect((await api(`${route}?t=${token}`)).status).toBe(401);
});

test("a wrong, a tampered, another order's and no token: one 404, the same to the byte", async () => {
  const [mine, other] = await Promise.all(
    ['a', 'b'].map((who) => placeAsGuest(`${who}-${stamp}@example.com`)),
  );
  const { token } = await linkOf((mine as OrderView).id);
  const { id } = other as OrderView;
  const [keyId, expires, mac] = token.split('.');
  const answers = [
    await open(NO_ORDER, token),
    await open(id),
    await open(id, ''),
    await open(id, 'nonsense'),
    await open(id, token),
    await open((mine as OrderView).id, `${keyId}.${Number(expires) + 1}.${mac}`),
    await open((mine as OrderView).id, `${keyId}.1600000000.${mac}`),
  ].map(plain);
  expect(answers[0]).toMatchObject({ status: 404, cache: 'no-store', referrer: 'no-referrer' });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  const refused = await api(`POST /guest/orders/${id}/cancel?t=${token}`, {
    key: newKey(),
    body: {},
    headers,
  });
  expect(plain(refused)).toEqual(answers[0]);
});

test('a new link is mailed three times an hour; the answer is the same for the fourth and for nobody', async () => {
  await waitFor(() => Date.now() % HOUR < HOUR - 30_000, {
    limit: 40_000,
    what: 'an hour with time left in it',
  });
  const email = `asks-${stamp}@example.com`;
  const { id } = await placeAsGuest(email);
  await linkOf(id);
  const before = (await outbox(id)).length;
  const ask = (body: object) => api('POST /guest/orders/link', { body, headers });
  const answers = [];
  for (let n = 1; n <= 4; n += 1) answers.push(await ask({ orderId: id, email: email.toUpperCase() }));
  answers.push(await ask({ orderId: id, email: 'eve@example.com' }), await ask({ orderId: NO_ORDER, email }));
  expect(plain(answers[0] as Answer<unknown>)).toMatchObject({ status: 202, text: '{}' });
  for (const answer of answers) expect(plain(answer)).toEqual(plain(answers[0] as Answer<unknown>));
  const mails = await waitFor(
    async () => {
      const all = await outbox(id);
      return all.length >= before + 3 && all;
    },
    { what: 'three new links' },
  );
  const db = await awsClient(DynamoDBClient);
  const Key = { pk: { S: `link#${id}#${Math.floor(Date.now() / HOUR)}` } };
  const TableName = `orderly-${(await stack()).stage}-idempotency`;
  const { Item } = await db.send(new GetItemCommand({ TableName, Key }));
  expect(Item?.used?.N).toBe('3');
  expect(mails).toHaveLength(before + 3);
  const { token } = await linkIn((mails.at(-1) as (typeof mails)[number]).BodyText);
  expect((await open(id, token)).status).toBe(200);
  expect((await outbox(NO_ORDER)).length).toBe(0);
});

async function account(email: string, verified: string): Promise<string> {
  const cognito = await awsClient(CognitoIdentityProviderClient);
  const UserPoolId = (await stack()).userPoolId;
  const password = 'Join-what-is-mine-1!';
  const UserAttributes = [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: verified },
  ];
  await cognito.send(
    new AdminCreateUserCommand({ UserPoolId, Username: email, UserAttributes, MessageAction: 'SUPPRESS' }),
  );
  await cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password: password, Permanent: true }),
  );
  return (await signIn({ email, password })).accessToken;
}

test("an account with the verified address takes the guest's orders over, and the link ends", async () => {
  const email = `joins-${stamp}@example.com`;
  const [first, second] = await Promise.all([placeAsGuest(email), placeAsGuest(email.toUpperCase())]);
  const { token } = await linkOf(first.id);
  await mailAbout(second.id);
  const access = await account(email, 'true');
  expect((await api('GET /orders', { token: access })).body.items).toEqual([]);
  const key = newKey();
  const joined = await api('POST /me/guest-orders', { token: access, key });
  expect(joined).toMatchObject({ status: 200, body: { joined: 2, more: false } });
  expect((await api('POST /me/guest-orders', { token: access, key })).text).toBe(joined.text);
  expect((await api('POST /me/guest-orders', { token: access, key: newKey() })).body).toEqual({
    joined: 0,
    more: false,
  });
  const list = await api<{ items: OrderView[] }>('GET /orders', { token: access });
  expect(list.body.items.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
  const history = await api(`GET /orders/${first.id}/history`, { token: access });
  expect(history.text).toContain('order.joined');
  expect((await open(first.id, token)).status).toBe(404);
});

test('whoever signs up by the code of a mail takes over what they ordered as a guest', async () => {
  const email = `signs-up-${stamp}@example.com`;
  const { id } = await placeAsGuest(email);
  await mailAbout(id);
  const password = 'Join-what-is-mine-1!';
  const pool = accounts(await stack());
  await pool.signUp({ email, password });
  await pool.confirmSignUp({ email, code: '123456' });
  const token = (await signIn({ email, password })).accessToken;
  expect((await api('POST /me/guest-orders', { token, key: newKey() })).body).toEqual({
    joined: 1,
    more: false,
  });
  expect((await api<{ items: OrderView[] }>('GET /orders', { token })).body.items).toMatchObject([{ id }]);
});

test('an account whose address nobody verified takes nothing', async () => {
  const email = `claims-${stamp}@example.com`;
  const { id } = await placeAsGuest(email);
  const { token } = await linkOf(id);
  const access = await account(email, 'false');
  expect((await api('POST /me/guest-orders', { token: access, key: newKey() })).body).toEqual({
    joined: 0,
    more: false,
  });
  expect((await open(id, token)).status).toBe(200);
});
