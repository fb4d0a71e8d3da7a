import { type PlaceOrder, placeOrder } from '../../services/orders/use-cases/place-order';
import { quoteOrder } from '../../services/orders/use-cases/quote-order';
import { answer, clock, price, priceList, request } from './support/an-order';
import { MemoryOrders } from './support/memory-orders';

const command = (over: Partial<PlaceOrder> = {}): PlaceOrder => ({
  customerId: 'ada',
  caller: 'ada',
  correlationId: 'cor_1',
  request: request(),
  items: [
    { productId: 'mug', quantity: 2 },
    { productId: 'dripper', quantity: 1 },
  ],
  paymentToken: 'tok_visa',
  ...over,
});

function shop(...prices: ReturnType<typeof price>[]) {
  const orders = new MemoryOrders();
  const known = prices.length
    ? prices
    : [price('mug', { name: 'Enamel Mug' }), price('dripper'), price('old', { status: 'retired' })];
  const list = priceList(...known);
  const ports = {
    orders,
    replies: orders,
    prices: list,
    clock,
    answer,
    quoteView: (quote: unknown) => quote,
  };
  return { orders, list, place: (over?: Partial<PlaceOrder>) => placeOrder(ports, command(over)) };
}

test('an order is stored PENDING with its event and its reply, at the prices of our own list', async () => {
  const { orders, place } = shop();
  const reply = await place();
  const { id, status } = JSON.parse((reply as { body: string }).body);
  expect(status).toBe('PENDING');
  expect(orders.row(id)).toMatchObject({
    customerId: 'ada',
    items: [{ name: 'Enamel Mug', quantity: 2, unitPrice: { amount: 1000 } }, { productId: 'dripper' }],
    total: { amount: 3000, currency: 'EUR' },
    attempt: 1,
    version: 1,
    owed: true,
    paymentToken: 'tok_visa',
  });
  expect(orders.events).toEqual([
    expect.objectContaining({
      starts: 1,
      event: expect.objectContaining({ type: 'order.placed', subject: id }),
    }),
  ]);
  expect(orders.writes).toBe(1);
});

test('the event names nobody and carries no token', async () => {
  const { orders, place } = shop();
  const shippingAddress = { name: 'Ada', line1: 'Mill 1', city: 'Ockham', postalCode: 'GU23', country: 'GB' };
  await place({ contact: { email: 'ada@example.com' }, shippingAddress });
  expect(JSON.stringify(orders.events)).not.toMatch(/ada@example|Mill|Ockham|tok_visa/);
});

test('equal products are one line', async () => {
  const { orders, place } = shop();
  await place({
    items: [
      { productId: 'mug', quantity: 1 },
      { productId: 'mug', quantity: 2 },
    ],
  });
  expect(orders.events[0]?.event.data).toMatchObject({ items: [{ productId: 'mug', quantity: 3 }] });
});

test('the same request again gets the same reply, and there is one order', async () => {
  const { orders, place } = shop();
  const first = await place();
  const second = await place();
  expect(second).toEqual({
    ...first,
    headers: { ...(first as { headers: object }).headers, 'idempotent-replayed': 'true' },
  });
  expect(orders.writes).toBe(1);
});

test('another request under the same key is refused', async () => {
  const { orders, place } = shop();
  await place();
  expect(await place({ request: request('key-1', 'body-2') })).toMatchObject({
    refused: 'IDEMPOTENCY_KEY_REUSED',
  });
  expect(orders.writes).toBe(1);
});

test.each([
  ['an unknown product', { items: [{ productId: 'x', quantity: 1 }] }, 'PRODUCT_UNKNOWN'],
  ['a retired product', { items: [{ productId: 'old', quantity: 1 }] }, 'PRODUCT_UNAVAILABLE'],
  [
    '31 products',
    { items: Array.from({ length: 31 }, (_, n) => ({ productId: `p${n}`, quantity: 1 })) },
    'VALIDATION_FAILED',
  ],
  ['another total than expected', { expectedTotal: { amount: 1, currency: 'EUR' } }, 'PRICE_CHANGED'],
  ['the total in another currency', { expectedTotal: { amount: 3000, currency: 'USD' } }, 'PRICE_CHANGED'],
])('%s is refused and nothing is stored', async (_what, over, refused) => {
  const { orders, place } = shop();
  expect(await place(over)).toMatchObject({ refused });
  expect(orders.writes).toBe(0);
  expect(orders.replies.size).toBe(0);
});

test('a changed price is told with the prices of now', async () => {
  const { place } = shop();
  expect(await place({ expectedTotal: { amount: 1, currency: 'EUR' } })).toMatchObject({
    extra: { quote: { total: { amount: 3000, currency: 'EUR' }, items: [{ productId: 'mug' }, {}] } },
  });
});

test('the expected total lets the order through', async () => {
  const { orders, place } = shop();
  await place({ expectedTotal: { amount: 3000, currency: 'EUR' } });
  expect(orders.writes).toBe(1);
});

test.each([
  ['retired', price('mug', { status: 'retired' })],
  ['dearer', price('mug', { price: { amount: 9900, currency: 'EUR' } })],
  ['gone from the list', price('other')],
])('a replay of what was accepted wins although the product is now %s', async (_what, mug) => {
  const before = shop(price('mug'));
  const order = {
    items: [{ productId: 'mug', quantity: 1 }],
    expectedTotal: { amount: 1000, currency: 'EUR' },
  };
  const first = await before.place(order);
  const after = shop(mug);
  for (const [key, reply] of before.orders.replies) after.orders.replies.set(key, reply);
  expect(await after.place(order)).toMatchObject({ body: (first as { body: string }).body });
  expect(after.orders.writes).toBe(0);
});

test('a wish to be asked is kept, a wish to be rejected is the rule and needs no word', async () => {
  const { orders, place } = shop();
  await place({ onUnavailable: 'ask' });
  await place({ onUnavailable: 'reject', request: request('key-2') });
  const [asked, plain] = orders.events.map(({ event }) => orders.row(event.subject).onUnavailable);
  expect([asked, plain]).toEqual(['ask', undefined]);
});

test('a quote asks the list once for all its lines and stores nothing', async () => {
  const list = priceList(price('mug'), price('dripper'));
  expect(await quoteOrder({ prices: list }, command().items)).toMatchObject({ total: { amount: 3000 } });
  expect(list.asked).toBe(1);
});
