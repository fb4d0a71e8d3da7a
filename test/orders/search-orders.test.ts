import type { Order } from '../../services/orders/domain/order';
import type { Found, SearchesOrders } from '../../services/orders/ports/order-search';
import { type SearchPage, searchOrders } from '../../services/orders/use-cases/search-orders';
import { lowestIdAt, timeOfId } from '../../shared/kernel/ids';
import { DAY, HOUR, iso, MINUTE } from '../../shared/kernel/time';
import { anOrder } from './support/an-order';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');

let count = 0;

/** `newId` is monotonic: after a later time it makes no earlier one. */
function made(at: number, over: Partial<Order> = {}): Order {
  count += 1;
  const id = `${lowestIdAt('ord', at).slice(0, -4)}${String(count).padStart(4, '0')}`;
  return anOrder({ id, createdAt: iso(at), ...over });
}

class MemorySearch implements SearchesOrders {
  looks: Found[][] = [];

  constructor(readonly all: Order[]) {}

  async newestIds(where: Found[], { from, before, limit }: { from: string; before: string; limit: number }) {
    this.looks.push(where);
    const isThere = (order: Order) =>
      where.some(
        (one) =>
          ('date' in one && iso(timeOfId(order.id) ?? 0).startsWith(one.date)) ||
          ('customerId' in one && one.customerId === order.customerId) ||
          ('trackingNumber' in one && one.trackingNumber === `parcel of ${order.id}`) ||
          ('emailHash' in one && one.emailHash === order.emailHash),
      );
    const ids = this.all
      .filter((order) => isThere(order) && order.id >= from && order.id < before)
      .map(({ id }) => id)
      .sort()
      .reverse();
    return { ids: ids.slice(0, limit), more: ids.length > limit };
  }

  async getAll(ids: string[]) {
    return ids.flatMap((id) => this.all.find((order) => order.id === id) ?? []);
  }
}

const search = (orders: SearchesOrders, query: object = {}) =>
  searchOrders(
    {
      orders,
      accounts: { customerOf: async (email) => (email === 'ada@example.com' ? 'ada' : undefined) },
      emails: { hashOf: async (email) => `hash of ${email}` },
      clock: () => NOW,
    },
    { limit: 20, ...query },
  ) as Promise<SearchPage>;

/** Every page until there is no next. */
async function all(orders: MemorySearch, query: object): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = [];
  let before: string | undefined;
  let pages = 0;
  do {
    const page: SearchPage = await search(orders, { ...query, before });
    ids.push(...page.orders.map(({ id }) => id));
    before = page.next;
    pages += 1;
  } while (before);
  return { ids, pages };
}

const newestFirst = (orders: Order[]) =>
  orders
    .map(({ id }) => id)
    .sort()
    .reverse();

// Odd moments, midnight among them.
const many = Array.from({ length: 90 }, (_, n) =>
  made(NOW - n * 8 * HOUR + (n % 3 === 1 ? 4 * HOUR : 0), {
    status: n % 10 === 0 ? 'REJECTED' : 'CONFIRMED',
    customerId: n % 2 === 0 ? 'ada' : 'gst_1',
    emailHash: n % 2 === 0 ? undefined : 'hash of ines@example.com',
  }),
);

test.each([1, 3, 20, 100])('pages of %d tell every order of the month once, newest first', async (limit) => {
  const orders = new MemorySearch(many);
  const since = many.filter(({ id }) => (timeOfId(id) ?? 0) >= NOW - 30 * DAY);
  expect((await all(orders, { limit })).ids).toEqual(newestFirst(since));
});

test('a status that is rare is found on pages of bounded work', async () => {
  const orders = new MemorySearch(many);
  const rejected = many.filter(
    ({ status, id }) => status === 'REJECTED' && (timeOfId(id) ?? 0) >= NOW - 30 * DAY,
  );
  const { ids, pages } = await all(orders, { status: 'REJECTED', limit: 2 });
  expect(ids).toEqual(newestFirst(rejected));
  expect(orders.looks.length).toBeLessThanOrEqual(7 * pages);
});

test('a page over empty days ends after its share of looks, and goes on from there', async () => {
  const orders = new MemorySearch([]);
  const page = await search(orders);
  expect(page).toMatchObject({ orders: [] });
  expect(page.next).toMatch(/^ord_[0-9A-Z]{10}0{16}$/);
  expect(orders.looks).toHaveLength(7);
  expect((await all(orders, {})).ids).toEqual([]);
});

test.each<[string, { from?: string; to?: string }, (at: number) => boolean]>([
  [
    'a date to a date, both whole',
    { from: '2026-11-10', to: '2026-11-12' },
    (at) => iso(at) >= '2026-11-10' && iso(at) < '2026-11-13',
  ],
  [
    'a time to a time',
    { from: '2026-11-10T06:00:00Z', to: '2026-11-10T22:00:00.000Z' },
    (at) => iso(at) >= '2026-11-10T06' && iso(at) < '2026-11-10T22',
  ],
  ['since a date', { from: '2026-11-01' }, (at) => iso(at) >= '2026-11-01'],
])('by time: %s', async (_what, period, isIn) => {
  const { ids } = await all(new MemorySearch(many), { ...period, limit: 7 });
  const expected = newestFirst(many.filter(({ id }) => isIn(timeOfId(id) ?? 0)));
  expect(expected.length).toBeGreaterThan(0);
  expect(ids).toEqual(expected);
});

test('a time that is in no calendar is refused, and from after to is nothing', async () => {
  expect(await search(new MemorySearch(many), { from: '2026-13-01' })).toMatchObject({
    refused: 'VALIDATION_FAILED',
  });
  expect(await search(new MemorySearch(many), { from: '2026-11-12', to: '2026-11-10' })).toEqual({
    orders: [],
    next: undefined,
  });
});

test('an address finds the orders of its account and those it placed as a guest, in one list', async () => {
  const orders = new MemorySearch(many);
  const period = { from: '2026-10-25' };
  const inPeriod = many.filter(({ createdAt }) => createdAt >= '2026-10-25');
  const by = (customerId: string) => newestFirst(inPeriod.filter((order) => order.customerId === customerId));
  expect((await all(orders, { ...period, email: 'ada@example.com', limit: 5 })).ids).toEqual(by('ada'));
  expect((await all(orders, { ...period, email: 'ines@example.com', limit: 5 })).ids).toEqual(by('gst_1'));
  expect((await all(orders, { ...period, email: 'nobody@example.com' })).ids).toEqual([]);
  expect(JSON.stringify(orders.looks)).not.toContain('date');
});

test('an id and the beginning of one are found, however long ago', async () => {
  const old = made(NOW - 400 * DAY);
  const orders = new MemorySearch([...many, old]);
  expect((await all(orders, { idPrefix: old.id })).ids).toEqual([old.id]);
  expect((await all(orders, { idPrefix: old.id.slice(0, 11) })).ids).toEqual([old.id]);
  const one = many[4] as Order;
  expect((await all(orders, { idPrefix: one.id, status: 'SHIPPED' })).ids).toEqual([]);
  expect((await all(orders, { idPrefix: one.id.slice(0, 14) })).ids).toContain(one.id);
});

test('an address and a tracking number are looked for in all time, unless a time is given', async () => {
  const old = made(NOW - 400 * DAY, { customerId: 'ada' });
  const orders = new MemorySearch([...many, old]);
  const trackingNumber = `parcel of ${old.id}`;
  expect((await all(orders, { email: 'ada@example.com' })).ids.at(-1)).toBe(old.id);
  expect((await all(orders, { trackingNumber })).ids).toEqual([old.id]);
  expect((await all(orders, { trackingNumber, from: '2026-11-01' })).ids).toEqual([]);
});

test('a customer is found by the id of the account, or of the guest, in all time', async () => {
  const old = made(NOW - 400 * DAY, { customerId: 'ada' });
  const orders = new MemorySearch([...many, old]);
  const of = (customerId: string) => newestFirst(orders.all.filter((one) => one.customerId === customerId));
  expect((await all(orders, { customerId: 'ada', limit: 7 })).ids).toEqual(of('ada'));
  expect((await all(orders, { customerId: 'gst_1' })).ids).toEqual(of('gst_1'));
  expect((await all(orders, { customerId: 'eve' })).ids).toEqual([]);
});

test.each([
  { email: 'ada@example.com', trackingNumber: 'JD01' },
  { email: 'ada@example.com', customerId: 'ada' },
  { trackingNumber: 'JD01', customerId: 'ada' },
])('two places at once are refused: %j', async (query) => {
  expect(await search(new MemorySearch(many), query)).toMatchObject({ refused: 'VALIDATION_FAILED' });
});

describe('a correlation id of our own', () => {
  const MIDNIGHT = Date.parse('2025-03-02T00:00:00.000Z');
  const idMade = (at: number) => lowestIdAt('cor', at);
  // The request came a moment before midnight, and its order after it.
  const correlationId = idMade(MIDNIGHT - 500);
  const order = made(MIDNIGHT + 300, { correlationId });
  const near = [-MINUTE, -100, 0, 2000, MINUTE].map((after) => made(MIDNIGHT + after));
  const orders = () => new MemorySearch([...many, ...near, order]);

  test('finds the order that its request placed, however long ago', async () => {
    expect((await all(orders(), { correlationId })).ids).toEqual([order.id]);
    expect((await all(orders(), { correlationId, status: 'SHIPPED' })).ids).toEqual([]);
    expect((await all(orders(), { correlationId, from: '2026-01-01' })).ids).toEqual([]);
    expect((await all(orders(), { correlationId: idMade(MIDNIGHT) })).ids).toEqual([]);
  });

  test('is looked for around its time alone', async () => {
    const looked = orders();
    await all(looked, { correlationId });
    expect(looked.looks).toEqual([[{ date: '2025-03-02' }], [{ date: '2025-03-01' }]]);
  });

  test('finds the slowest request too', async () => {
    const slow = made(MIDNIGHT + 29_000, { correlationId: idMade(MIDNIGHT) });
    expect((await all(new MemorySearch([slow]), { correlationId: slow.correlationId })).ids).toEqual([
      slow.id,
    ]);
  });
});

test('a position beyond the period does not widen it', async () => {
  const { orders } = await search(new MemorySearch(many), {
    to: '2026-11-01',
    before: lowestIdAt('ord', NOW),
  });
  expect(orders.every(({ id }) => (timeOfId(id) ?? 0) < Date.parse('2026-11-02'))).toBe(true);
});
