import { invoke } from '../inventory/support/deployed';
import { type Answer, api, newKey } from '../support/api';
import { execution } from '../support/execution';
import { available, getOrder, ledger, type OrderView, placeOrder, settled } from '../support/order';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';
import { waitFor } from '../support/wait-for';

/** More than the stage's `reviewAbove`, in one unit. */
const DEAR = 250_000;

type By = { token?: string; key?: string; headers?: Record<string, string> };

const review = async (id: string, body: object, { token, key, headers }: By = {}) =>
  api<OrderView & { code?: string }>(`POST /orders/${id}/review`, {
    token: token ?? (await tokenOf('staff')),
    key: key ?? newKey(),
    headers,
    body,
  });

const choose = async (id: string, body: object, { token, key }: By = {}) =>
  api<OrderView & { code?: string }>(`POST /orders/${id}/choice`, {
    token: token ?? (await tokenOf('customer')),
    key: key ?? newKey(),
    body,
  });

const historyOf = async (id: string): Promise<{ type: string; actor: string; data: object }[]> =>
  (await api(`GET /orders/${id}/history`, { token: await tokenOf('customer') })).body.items;

/** What staff read of it; its customer does not. */
async function heldBecause(id: string): Promise<string | undefined> {
  const token = await tokenOf('staff');
  interface Item {
    type?: string;
    data?: { because?: string };
  }
  const { body } = await api<{ items: Item[] }>(`GET /staff/orders/${id}/timeline?limit=100`, { token });
  return body.items.find(({ type }) => type === 'order.held')?.data?.because;
}

/** Ends the wait of one order as the schedule does after 24 hours. */
const nobodyDecides = (orderId: string) =>
  invoke('reconcileOrders', { olderThanSeconds: 86_400, holdsOlderThanSeconds: 0, orderId });

const becomes = (id: string, status: string, paymentStatus: string): Promise<OrderView> =>
  waitFor(
    async () => {
      const order = await getOrder(id);
      return order.status === status && order.paymentStatus === paymentStatus && order;
    },
    { limit: 30_000, what: `order ${id} to be ${status} and ${paymentStatus}` },
  );

async function held(): Promise<{ id: string; product: string }> {
  const product = await productOnSale(3, DEAR);
  const { body } = await placeOrder({ items: [{ productId: product, quantity: 2 }] });
  expect(await settled(body.id)).toMatchObject({ status: 'IN_REVIEW', paymentStatus: 'PENDING' });
  return { id: body.id, product };
}

/** Of the three units wanted of one product two are there; of the other all. */
async function asked(): Promise<{ order: OrderView; short: string; plenty: string }> {
  const [short, plenty] = await Promise.all([productOnSale(2), productOnSale(5)]);
  const { body } = await placeOrder({
    items: [
      { productId: short, quantity: 3 },
      { productId: plenty, quantity: 1 },
    ],
    more: { onUnavailable: 'ask' },
  });
  const order = await settled(body.id);
  expect(order).toMatchObject({ status: 'AWAITING_CUSTOMER', paymentStatus: 'PENDING' });
  return { order, short, plenty };
}

const refusedAs = (status: number, code: string) => ({ status, body: { code } }) as Partial<Answer<object>>;

describe('an order above the threshold', () => {
  test('is held with nothing reserved or charged, and approved it is confirmed with one charge', async () => {
    const { id, product } = await held();
    expect(await available(product)).toBe(3);
    expect(await ledger(id)).toEqual([]);
    await waitFor(async () => (await execution(`${id}-1`)) === 'SUCCEEDED', { what: 'the execution to end' });
    expect(await heldBecause(id)).toBe('ABOVE_THRESHOLD');
    expect((await historyOf(id)).at(-1)).toMatchObject({
      type: 'order.held',
      data: expect.not.objectContaining({ because: expect.anything() }),
    });
    const { version } = await getOrder(id);
    const stale = { headers: { 'if-match': `"${version + 1}"` } };
    expect(await review(id, { decision: 'approve' }, stale)).toMatchObject(refusedAs(412, 'STALE'));
    const key = newKey();
    const fresh = { key, headers: { 'if-match': `"${version}"` } };
    const approved = await review(id, { decision: 'approve', note: 'Known customer' }, fresh);
    expect(approved).toMatchObject({ status: 202, body: { status: 'PENDING', version: version + 1 } });
    expect(await settled(id)).toMatchObject({ status: 'CONFIRMED', paymentStatus: 'CAPTURED' });
    expect((await review(id, { decision: 'approve', note: 'Known customer' }, fresh)).text).toBe(
      approved.text,
    );
    expect(await ledger(id)).toMatchObject([{ amount: 2 * DEAR, status: 'succeeded' }]);
    expect(await available(product)).toBe(1);
    expect(JSON.stringify(await historyOf(id))).not.toContain('Known customer');
    expect(await review(id, { decision: 'refuse' })).toMatchObject(refusedAs(409, 'ILLEGAL_TRANSITION'));
  });

  test('refused it is rejected, and nothing was ever taken', async () => {
    const { id, product } = await held();
    expect(await review(id, { decision: 'refuse' })).toMatchObject({ status: 202 });
    const rejected = await becomes(id, 'REJECTED', 'VOIDED');
    expect(rejected.rejectionReason).toBe('FRAUD_REFUSED');
    expect([await available(product), await ledger(id)]).toEqual([3, []]);
  });

  test('that nobody reviews is rejected, and too late is too late', async () => {
    const { id } = await held();
    await nobodyDecides(id);
    expect((await becomes(id, 'REJECTED', 'VOIDED')).rejectionReason).toBe('REVIEW_EXPIRED');
    expect(await ledger(id)).toEqual([]);
    expect(await review(id, { decision: 'approve' })).toMatchObject(refusedAs(409, 'ILLEGAL_TRANSITION'));
  });

  test('is left alone by the reconciler before its time, and can be cancelled by its customer', async () => {
    const { id } = await held();
    const before = await getOrder(id);
    await invoke('reconcileOrders', { olderThanSeconds: 0, orderId: id });
    expect(await getOrder(id)).toEqual(before);
    const cancelled = await api(`POST /orders/${id}/cancel`, {
      token: await tokenOf('customer'),
      key: newKey(),
      body: {},
    });
    expect(cancelled).toMatchObject({ status: 202, body: { status: 'CANCELLED' } });
    await becomes(id, 'CANCELLED', 'VOIDED');
  });

  test('is reviewed by staff alone', async () => {
    const { id } = await held();
    const customer = { token: await tokenOf('customer') };
    expect(await review(id, { decision: 'approve' }, customer)).toMatchObject(refusedAs(403, 'FORBIDDEN'));
    expect((await getOrder(id)).status).toBe('IN_REVIEW');
  });
});

test('an order of very many units is held as suspicious', async () => {
  const product = await productOnSale(600);
  const { body } = await placeOrder({ items: [{ productId: product, quantity: 600 }] });
  expect((await settled(body.id)).status).toBe('IN_REVIEW');
  expect(await heldBecause(body.id)).toBe('SUSPICIOUS');
});

describe('an order of which a part is sold out', () => {
  test('is offered without it; accepted it is confirmed at the new total, which is what is charged', async () => {
    const { order, short, plenty } = await asked();
    expect(order.total.amount).toBe(400);
    expect(order.proposal).toMatchObject({
      items: [
        { productId: short, quantity: 2, total: { amount: 200, currency: 'EUR' } },
        { productId: plenty, quantity: 1 },
      ],
      total: { amount: 300, currency: 'EUR' },
    });
    expect([await available(short), await available(plenty), await ledger(order.id)]).toEqual([2, 5, []]);
    const stale = { decision: 'accept', version: order.version - 1 };
    expect(await choose(order.id, stale)).toMatchObject(refusedAs(412, 'STALE'));
    const accepted = await choose(order.id, { decision: 'accept', version: order.version });
    expect(accepted).toMatchObject({ status: 202, body: { status: 'PENDING', total: { amount: 300 } } });
    const confirmed = await settled(order.id);
    expect(confirmed).toMatchObject({ status: 'CONFIRMED', total: { amount: 300 } });
    expect(confirmed).not.toHaveProperty('proposal');
    expect(await ledger(order.id)).toMatchObject([{ amount: 300, status: 'succeeded' }]);
    expect([await available(short), await available(plenty)]).toEqual([0, 4]);
  });

  test('is cancelled when its customer wants nothing of it', async () => {
    const { order, short, plenty } = await asked();
    const cancelled = await choose(order.id, { decision: 'cancel', version: order.version });
    expect(cancelled).toMatchObject({ status: 202, body: { status: 'CANCELLED' } });
    await becomes(order.id, 'CANCELLED', 'VOIDED');
    expect([await available(short), await available(plenty), await ledger(order.id)]).toEqual([2, 5, []]);
  });

  test('is cancelled when its customer says nothing', async () => {
    const { order, short } = await asked();
    await nobodyDecides(order.id);
    await becomes(order.id, 'CANCELLED', 'VOIDED');
    expect((await historyOf(order.id)).at(-2)).toMatchObject({ type: 'order.cancelled', actor: 'system' });
    expect([await available(short), await ledger(order.id)]).toEqual([2, []]);
  });

  test('is its customer’s to choose alone, and only while it waits', async () => {
    const { order } = await asked();
    const other = { token: await tokenOf('customer', 1) };
    const choice = { decision: 'accept', version: order.version };
    expect(await choose(order.id, choice, other)).toMatchObject(refusedAs(404, 'NOT_FOUND'));
    expect(await review(order.id, { decision: 'approve' })).toMatchObject(
      refusedAs(409, 'ILLEGAL_TRANSITION'),
    );
    expect(await getOrder(order.id)).toEqual(order);
  });

  test('is rejected at once when nothing is left, and when its customer did not want to be asked', async () => {
    const [gone, few] = await Promise.all([productOnSale(0), productOnSale(1)]);
    const [all, some] = await Promise.all([
      placeOrder({ items: [{ productId: gone, quantity: 1 }], more: { onUnavailable: 'ask' } }),
      placeOrder({ items: [{ productId: few, quantity: 2 }], more: { onUnavailable: 'reject' } }),
    ]);
    for (const { body } of [all, some])
      expect(await settled(body.id)).toMatchObject({
        status: 'REJECTED',
        rejectionReason: 'OUT_OF_STOCK',
      });
  });
});
