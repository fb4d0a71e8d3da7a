import { DAY, iso } from '../../shared/kernel/time';
import { newCustomers } from '../support/new-customers';
import { ops } from '../support/ops';
import { type OrderView, placeOrder, settled } from '../support/order';
import { claimsOf } from '../support/pool-signature';
import { productOnSale } from '../support/product-on-sale';

interface Placed extends OrderView {
  createdAt: string;
  correlationId: string;
}

let token: string;
let productId: string;
let declined: Placed;
let confirmed: Placed;

async function place(payment: string): Promise<Placed> {
  const { body, headers } = await placeOrder({ items: [{ productId, quantity: 1 }], payment, token });
  return { ...(body as Placed), correlationId: String(headers.get('x-correlation-id')) };
}

beforeAll(async () => {
  [[token = ''], productId] = await Promise.all([newCustomers(1), productOnSale(5)]);
  declined = await place('tok_declined');
  confirmed = await place('tok_visa');
  await settled(declined.id, { token });
});

/** The ids that the command line finds, newest first. */
async function find(anything: string): Promise<string[]> {
  const { code, stdout, stderr } = await ops('order', 'find', anything, '--limit', '1000');
  if (code !== 0) throw new Error(stderr);
  return [...stdout.matchAll(/^ord_\w+/gm)].map(([id]) => id);
}

test('a day finds the orders of that day, and no other day’s', async () => {
  const day = declined.createdAt.slice(0, 10);
  expect(await find(day)).toContain(declined.id);
  expect(await find(iso(Date.parse(day) - DAY).slice(0, 10))).not.toContain(declined.id);
});

test('a day of no calendar is refused, and said so', async () => {
  const said = await ops('order', 'find', '2026-13-45');
  expect(said).toMatchObject({ code: 1, stderr: expect.stringMatching(/VALIDATION_FAILED .*calendar/) });
});

test('what does not fit the schema is told by its pointer', async () => {
  const said = await ops('order', 'find', 'ord_!');
  expect(said).toMatchObject({ code: 1, stderr: expect.stringMatching(/^ +\/idPrefix: /m) });
});

test('a status finds the orders that have it', async () => {
  const rejected = await find('rejected');
  expect(rejected).toContain(declined.id);
  expect(rejected).not.toContain(confirmed.id);
});

test('a customer id finds all orders of that customer, newest first', async () => {
  expect(await find(String(claimsOf(token).sub))).toEqual([confirmed.id, declined.id]);
});

test('the correlation id of the answer finds the order', async () => {
  expect(confirmed.correlationId).toMatch(/^cor_/);
  expect(await find(confirmed.correlationId)).toEqual([confirmed.id]);
});

test('the events of all orders of a time are sent again, and of none that was placed after it', async () => {
  const said = await ops(
    ...['order', 'republish', '--rate', '50'],
    ...['--from', declined.createdAt, '--to', confirmed.createdAt],
  );
  expect(said).toMatchObject({ code: 0, stdout: expect.stringContaining(`${declined.id}  `) });
  expect(said.stdout).not.toContain(confirmed.id);
  const [, events] = new RegExp(`^${declined.id}  (\\d+) events, 0 too old`, 'm').exec(said.stdout) ?? [];
  expect(Number(events)).toBeGreaterThanOrEqual(2);
});
