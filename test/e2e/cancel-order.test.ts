import { api, newKey } from '../support/api';
import { available, getOrder, ledger, netPaid, type OrderView, placeOrder, settled } from '../support/order';
import { mailAbout } from '../support/outbox';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';
import { waitFor } from '../support/wait-for';

const cancel = async (id: string, body: unknown = {}, key = newKey()) =>
  api<OrderView>(`POST /orders/${id}/cancel`, { token: await tokenOf('customer'), key, body });

const cancelled = (id: string, paymentStatus: string): Promise<OrderView> =>
  waitFor(
    async () => {
      const order = await getOrder(id);
      return order.status === 'CANCELLED' && order.paymentStatus === paymentStatus && order;
    },
    { what: `order ${id} to be cancelled and ${paymentStatus}` },
  );

const historyOf = async (id: string): Promise<string[]> => {
  const { body } = await api(`GET /orders/${id}/history`, { token: await tokenOf('customer') });
  return body.items.map(({ type }: { type: string }) => type);
};

test('a confirmed order is cancelled: the money comes back, the stock too, and its customer is told', async () => {
  const spoon = await productOnSale(5);
  const { body } = await placeOrder({ items: [{ productId: spoon, quantity: 2 }] });
  await settled(body.id);
  expect(await cancel(body.id, { reason: 'Ordered twice' })).toMatchObject({
    status: 202,
    body: { status: 'CANCELLED' },
  });
  await cancelled(body.id, 'REFUNDED');
  expect(await ledger(body.id)).toMatchObject([{ amount: 200, refunded: 200, status: 'refunded' }]);
  await waitFor(async () => (await available(spoon)) === 5, { what: 'the stock to be back' });
  await waitFor(async () => (await mailAbout(body.id)) && true, { what: 'a mail' });
});

test('an order on its way is cancelled: it never is confirmed, and nothing is kept', async () => {
  const spoon = await productOnSale(5);
  const { body } = await placeOrder({ items: [{ productId: spoon, quantity: 2 }], payment: 'tok_slow' });
  expect(await cancel(body.id)).toMatchObject({ status: 202, body: { status: 'PENDING' } });
  expect((await settled(body.id)).status).toBe('CANCELLED');
  expect(await netPaid(body.id)).toBe(0);
  expect(await available(spoon)).toBe(5);
  expect(await historyOf(body.id)).toEqual(['order.placed', 'order.cancel-requested', 'order.cancelled']);
});

test('a second cancel gives the same answer, under its own key and under a new one', async () => {
  const { body } = await placeOrder({ items: [{ productId: await productOnSale(5), quantity: 1 }] });
  await settled(body.id);
  const key = newKey();
  const first = await cancel(body.id, {}, key);
  await cancelled(body.id, 'REFUNDED');
  expect((await cancel(body.id, {}, key)).text).toBe(first.text);
  expect(await cancel(body.id)).toMatchObject({ status: 202, body: { status: 'CANCELLED' } });
  expect(await ledger(body.id)).toMatchObject([{ refunded: 100 }]);
});

test('an order that was rejected cannot be cancelled', async () => {
  const { body } = await placeOrder({
    items: [{ productId: await productOnSale(5), quantity: 1 }],
    payment: 'tok_declined',
  });
  await settled(body.id);
  expect(await cancel(body.id)).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_CANCELLABLE' } });
});

test('an order that waits for its customer to pay is cancelled, and its stock is free again', async () => {
  const spoon = await productOnSale(2);
  const { body } = await placeOrder({
    items: [{ productId: spoon, quantity: 2 }],
    payment: 'tok_requires_action',
  });
  expect((await settled(body.id)).status).toBe('AWAITING_PAYMENT');
  await cancel(body.id);
  await cancelled(body.id, 'VOIDED');
  expect(await available(spoon)).toBe(2);
  expect(await netPaid(body.id)).toBe(0);
});

test('a cancellation that races the saga has exactly one winner, wherever it strikes', async () => {
  const spoon = await productOnSale(100);
  const orders = await Promise.all(
    Array.from({ length: 12 }, async (_, n) => {
      const { body } = await placeOrder({ items: [{ productId: spoon, quantity: 1 }] });
      // Strikes once the order has got to a version: before the claim, after it, or once it is confirmed.
      await waitFor(async () => (await getOrder(body.id)).version >= 1 + (n % 3), {
        what: `version ${1 + (n % 3)}`,
      });
      await cancel(body.id);
      return body.id;
    }),
  );
  for (const id of orders) {
    await waitFor(
      async () => {
        const order = await getOrder(id);
        return order.status === 'CANCELLED' && ['REFUNDED', 'VOIDED'].includes(order.paymentStatus);
      },
      { limit: 45_000, what: `order ${id} to be cancelled and settled` },
    );
    expect(await netPaid(id)).toBe(0);
    const history = await historyOf(id);
    // The confirmation won, and the order was cancelled after it; or the request to cancel did, and none came any more.
    const winners = history.filter((type) => ['order.confirmed', 'order.cancel-requested'].includes(type));
    expect([history, winners.length]).toEqual([history, 1]);
    expect(history.filter((type) => type === 'order.cancelled')).toHaveLength(1);
    expect(history.indexOf('order.cancelled')).toBeGreaterThan(history.indexOf(winners[0] ?? ''));
  }
  expect(await available(spoon)).toBe(100);
});
