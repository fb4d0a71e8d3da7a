import { api } from '../support/api';
import { available, getOrder, ledger, netPaid, placeOrder, settled } from '../support/order';
import { mailAbout, outbox } from '../support/outbox';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';

const CONTACT = {
  contact: { email: 'parcel@example.com' },
  shippingAddress: {
    name: 'Ada Byron',
    line1: '12 St James Square',
    city: 'London',
    postalCode: 'SW1Y 4JH',
    country: 'GB',
  },
};

test('an order is accepted, paid once, its stock taken, and its customer told', async () => {
  const [spoon, fork] = [await productOnSale(10), await productOnSale(10)];
  const placed = await placeOrder({
    items: [
      { productId: spoon, quantity: 2 },
      { productId: fork, quantity: 1 },
    ],
    more: CONTACT,
  });
  expect(placed.status).toBe(202);
  expect(placed.headers.get('location')).toBe(`/orders/${placed.body.id}`);
  expect(placed.body).toMatchObject({
    status: 'PENDING',
    paymentStatus: 'PENDING',
    fulfilmentStatus: 'UNFULFILLED',
  });
  const order = await settled(placed.body.id);
  expect(order).toMatchObject({
    status: 'CONFIRMED',
    paymentStatus: 'CAPTURED',
    total: { amount: 300, currency: 'EUR' },
  });
  expect([await available(spoon), await available(fork)]).toEqual([8, 9]);
  expect(await ledger(order.id)).toMatchObject([
    { amount: 300, currency: 'EUR', status: 'succeeded', refunded: 0 },
  ]);
  const mail = await mailAbout(order.id);
  expect(mail.To).toEqual(['parcel@example.com']);
  expect(mail.BodyText).toContain('12 St James Square');
  expect(await outbox(order.id)).toHaveLength(1);
});

test('equal products become one line', async () => {
  const spoon = await productOnSale(10);
  const { body } = await placeOrder({
    items: [
      { productId: spoon, quantity: 2 },
      { productId: spoon, quantity: 3 },
    ],
  });
  expect(body.items).toMatchObject([{ productId: spoon, quantity: 5 }]);
  await settled(body.id);
  expect(await available(spoon)).toBe(5);
});

test('a quote costs what the order costs, and stores nothing', async () => {
  const items = [{ productId: await productOnSale(10), quantity: 4 }];
  const token = await tokenOf('customer', 1);
  const before = await api('GET /orders?limit=1', { token });
  const quote = await api('POST /orders/quote', { token, body: { items } });
  expect(quote).toMatchObject({ status: 200, body: { total: { amount: 400, currency: 'EUR' } } });
  expect((await api('GET /orders?limit=1', { token })).text).toBe(before.text);
});

test('an expected total that is not the total is refused with the prices of now', async () => {
  const items = [{ productId: await productOnSale(10), quantity: 1 }];
  const answer = await placeOrder({ items, more: { expectedTotal: { amount: 99, currency: 'EUR' } } });
  expect(answer).toMatchObject({
    status: 409,
    body: { code: 'PRICE_CHANGED', quote: { total: { amount: 100, currency: 'EUR' } } },
  });
});

describe('what each token of the provider comes to', () => {
  const REJECTED = { status: 'REJECTED' };
  test.each([
    ['tok_visa', { status: 'CONFIRMED', paymentStatus: 'CAPTURED' }, 100],
    ['tok_slow', { status: 'CONFIRMED', paymentStatus: 'CAPTURED' }, 100],
    ['tok_timeout_after_charge', { status: 'CONFIRMED', paymentStatus: 'CAPTURED' }, 100],
    ['tok_error_twice', { status: 'CONFIRMED', paymentStatus: 'CAPTURED' }, 100],
    ['tok_declined', { ...REJECTED, rejectionReason: 'PAYMENT_DECLINED', paymentStatus: 'DECLINED' }, 0],
    [
      'tok_insufficient_funds',
      { ...REJECTED, rejectionReason: 'PAYMENT_DECLINED', paymentStatus: 'DECLINED' },
      0,
    ],
    ['tok_wrong_amount', { ...REJECTED, rejectionReason: 'PAYMENT_FAILED', paymentStatus: 'VOIDED' }, 0],
  ])('%s', async (payment, expected, paid) => {
    const spoon = await productOnSale(3);
    const { body } = await placeOrder({ items: [{ productId: spoon, quantity: 1 }], payment });
    expect(await settled(body.id, { limit: 45_000 })).toMatchObject(expected);
    expect(await ledger(body.id)).toHaveLength(1);
    expect(await netPaid(body.id)).toBe(paid);
    expect(await available(spoon)).toBe(paid === 0 ? 3 : 2);
  });
});

test('a payment that needs its customer waits with the place to act, its stock held', async () => {
  const spoon = await productOnSale(3);
  const { body } = await placeOrder({
    items: [{ productId: spoon, quantity: 1 }],
    payment: 'tok_requires_action',
  });
  const order = await settled(body.id);
  expect(order).toMatchObject({
    status: 'AWAITING_PAYMENT',
    paymentStatus: 'REQUIRES_ACTION',
    nextAction: { type: 'redirect', url: expect.stringMatching(/\/actions\/[^/]+$/) },
  });
  expect(await available(spoon)).toBe(2);
});

test('a sold-out product ends as REJECTED, with nothing charged and nothing held', async () => {
  const [spoon, fork] = [await productOnSale(5), await productOnSale(1)];
  const { body } = await placeOrder({
    items: [
      { productId: spoon, quantity: 1 },
      { productId: fork, quantity: 2 },
    ],
  });
  expect(await settled(body.id)).toMatchObject({
    status: 'REJECTED',
    rejectionReason: 'OUT_OF_STOCK',
    paymentStatus: 'VOIDED',
  });
  expect([await available(spoon), await available(fork)]).toEqual([5, 1]);
  expect(await ledger(body.id)).toEqual([]);
  expect((await mailAbout(body.id)).Subject).not.toMatch(/confirmed/i);
});

test('the history says what happened, with every step and the correlation id the client gave', async () => {
  const correlationId = `history-${Date.now()}`;
  const token = await tokenOf('customer');
  const placed = await api('POST /orders', {
    token,
    key: `${correlationId}-key-of-its-own`,
    headers: { 'x-correlation-id': correlationId },
    body: { items: [{ productId: await productOnSale(3), quantity: 1 }], payment: { token: 'tok_visa' } },
  });
  expect(placed.headers.get('x-correlation-id')).toBe(correlationId);
  const order = await settled(placed.body.id);
  const { body } = await api(`GET /orders/${order.id}/history`, { token });
  expect(body.items).toMatchObject([
    { type: 'order.placed', actor: 'customer', correlationId },
    { type: 'order.confirmed', actor: 'system', correlationId },
  ]);
  const steps = body.items[1].data.steps.map(
    ({ step, outcome }: { step: string; outcome: string }) => `${step} ${outcome}`,
  );
  expect(steps).toEqual([
    'ValidateOrder VALID',
    'ReserveInventory RESERVED',
    'ProcessPayment CAPTURED',
    'CommitInventory COMMITTED',
    'ConfirmOrder CONFIRMED',
  ]);
});

test('an order is read with the version it has as its ETag, and listed newest first in pages', async () => {
  const token = await tokenOf('customer', 1);
  const items = [{ productId: await productOnSale(9), quantity: 1 }];
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) ids.unshift((await placeOrder({ items, token })).body.id);
  await Promise.all(ids.map((id) => settled(id, { token })));
  const newest = await getOrder(ids[0] as string, token);
  expect((await api(`GET /orders/${newest.id}`, { token })).headers.get('etag')).toBe(`"${newest.version}"`);
  const first = await api('GET /orders?limit=2', { token });
  const second = await api(`GET /orders?limit=1&cursor=${first.body.nextCursor}`, { token });
  expect([...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id)).toEqual(ids);
});
