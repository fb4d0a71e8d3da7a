import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { api, newKey } from '../support/api';
import { awsClient } from '../support/aws-client';
import { newCustomers } from '../support/new-customers';
import { type OrderView, placeOrder, settled } from '../support/order';
import { mailAbout } from '../support/outbox';
import { claimsOf } from '../support/pool-signature';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

interface StaffOrder extends OrderView {
  customerId: string;
  attempt: number;
}

interface Page {
  items: StaffOrder[];
  nextCursor?: string;
}

const stamp = Date.now().toString(36);
const EMAIL = `wanted-${stamp}@example.com`;

let staff: string;
let customer: string;
let customerId: string;
/** Three of one customer: two confirmed, one declined; and one of a guest. */
let ids: string[];
let guestId: string;

beforeAll(async () => {
  staff = await tokenOf('staff');
  const product = await productOnSale(20);
  [customer = ''] = await newCustomers(1);
  customerId = String(claimsOf(customer).sub);
  const items = [{ productId: product, quantity: 1 }];
  ids = [];
  for (const payment of ['tok_visa', 'tok_declined', 'tok_visa'])
    ids.push((await placeOrder({ items, payment, token: customer })).body.id);
  const body = { items, payment: { token: 'tok_visa' }, contact: { email: EMAIL } };
  guestId = (await api<OrderView>('POST /guest/orders', { key: newKey(), body })).body.id;
  await Promise.all(ids.map((id) => settled(id, { token: customer })));
  await mailAbout(guestId);
});

async function addressOf(sub: string): Promise<string> {
  const cognito = await awsClient(CognitoIdentityProviderClient);
  const UserPoolId = (await stack()).userPoolId;
  const { UserAttributes } = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username: sub }));
  return UserAttributes?.find(({ Name }) => Name === 'email')?.Value as string;
}

const search = (filter: object) => api<Page>('POST /staff/orders/search', { token: staff, body: filter });

/** Every order that the search finds, page by page. */
async function all(filter: object): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await search({ ...filter, cursor });
    expect(page.status).toBe(200);
    found.push(...page.body.items.map(({ id }) => id));
    cursor = page.body.nextCursor;
  } while (cursor);
  return found;
}

const newestFirst = (some: string[]) => [...some].sort().reverse();

test('by an id and by the beginning of one', async () => {
  const [id = ''] = ids;
  const page = await search({ idPrefix: id });
  expect(page.body.items).toMatchObject([{ id, customerId, attempt: 1, status: 'CONFIRMED' }]);
  // Ten characters are the millisecond; nobody else's order need be of it.
  expect(await all({ idPrefix: id.slice(0, 14) })).toContain(id);
});

test('by the address of an account, in pages, and of a guest', async () => {
  expect(await all({ email: await addressOf(customerId), limit: 1 })).toEqual(newestFirst(ids));
  expect(await all({ email: EMAIL.toUpperCase() })).toEqual([guestId]);
  expect(await all({ email: `nobody-${stamp}@example.com` })).toEqual([]);
});

test('by status and time, each order once', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const rejected = await waitFor(
    async () => {
      const found = await all({ status: 'REJECTED', from: today, limit: 50 });
      return found.includes(ids[1] as string) && found;
    },
    { what: 'the rejected order' },
  );
  expect(new Set(rejected).size).toBe(rejected.length);
  expect(rejected).toEqual(newestFirst(rejected));
  expect(rejected).not.toContain(ids[0]);
  expect(await all({ idPrefix: ids[1], to: '2026-01-01' })).toEqual([]);
});

test('a cursor is good for its own filter alone', async () => {
  const { nextCursor } = (await search({ limit: 1 })).body;
  expect(nextCursor).toBeDefined();
  const wrong = await search({ limit: 1, status: 'CONFIRMED', cursor: nextCursor });
  expect([wrong.status, (wrong.body as unknown as { code: string }).code]).toEqual([400, 'CURSOR_INVALID']);
});

test('the timeline tells events, steps with their attempt, and the mail, under their correlation ids', async () => {
  const [id] = ids;
  interface Item {
    at: string;
    kind: string;
    type?: string;
    step?: string;
    outcome?: string;
    attempt?: number;
    correlationId: string;
  }
  const items = await waitFor(
    async () => {
      const { body } = await api<{ items: Item[] }>(`GET /staff/orders/${id}/timeline`, { token: staff });
      return body.items.some(({ kind }) => kind === 'message') && body.items;
    },
    { what: 'the mail on the timeline' },
  );
  const lines = items.map(({ kind, type, step, outcome }) => `${kind} ${type ?? step ?? outcome}`);
  for (const line of [
    'event order.placed',
    'step ReserveInventory',
    'step ProcessPayment',
    'event order.confirmed',
    'message SENT',
  ])
    expect(lines).toContain(line);
  expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).sort());
  for (const { attempt, correlationId } of items)
    expect([attempt, typeof correlationId]).toEqual([1, 'string']);
  const first = await api<{ items: Item[]; nextCursor?: string }>(
    `GET /staff/orders/${id}/timeline?limit=1`,
    { token: staff },
  );
  expect(first.body.items.map(({ type }) => type)).toEqual(['order.placed']);
  const rest = await api<{ items: Item[] }>(
    `GET /staff/orders/${id}/timeline?limit=100&cursor=${first.body.nextCursor}`,
    { token: staff },
  );
  expect(rest.body.items.map(({ kind }) => kind)).toContain('step');
});

test('both are for staff alone', async () => {
  const [id] = ids;
  for (const answer of [
    await api('POST /staff/orders/search', { token: customer, body: {} }),
    await api(`GET /staff/orders/${id}/timeline`, { token: customer }),
  ])
    expect([answer.status, answer.body.code]).toEqual([403, 'FORBIDDEN']);
});
