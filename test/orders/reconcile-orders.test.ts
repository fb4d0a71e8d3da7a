import type { Order } from '../../services/orders/domain/order';
import { type Reconcile, reconcileOrders } from '../../services/orders/use-cases/reconcile-orders';
import { HOUR, iso, MINUTE } from '../../shared/kernel/time';
import { anOrder, claimed, clock, NOW, run } from './support/an-order';
import { MemoryOrders } from './support/memory-orders';

const ago = (milliseconds: number) => iso(NOW - milliseconds);
const reconcile = (orders: MemoryOrders, olderThanSeconds = 600, more: Partial<Reconcile> = {}) =>
  reconcileOrders({ orders, clock }, { olderThanSeconds, ...more });

test.each<[string, Partial<Order>, boolean]>([
  ['a PENDING order with a step 9 minutes ago', { updatedAt: ago(9 * MINUTE) }, false],
  ['a PENDING order with no step for 10 minutes', { updatedAt: ago(10 * MINUTE) }, true],
  ['a payment of unknown fate, without that wait', { paymentStatus: 'UNKNOWN' }, true],
  ['a customer who may have acted', { status: 'AWAITING_PAYMENT', updatedAt: ago(10 * MINUTE) }, true],
  [
    'a customer who was asked 9 minutes ago',
    { status: 'AWAITING_PAYMENT', updatedAt: ago(9 * MINUTE) },
    false,
  ],
  ['a cancelled order that was not settled', { status: 'CANCELLED', updatedAt: ago(HOUR) }, true],
  ['a cancelled order of a second ago', { status: 'CANCELLED', updatedAt: ago(1000) }, false],
  ['an order that has its end', { status: 'CONFIRMED', owed: false, updatedAt: ago(HOUR) }, false],
])('%s: due is %#', async (_what, over, due) => {
  const order = claimed(over);
  const orders = new MemoryOrders(order);
  expect(await reconcile(orders)).toMatchObject({ resumed: due ? 1 : 0 });
  expect(orders.row(order.id).attempt).toBe(due ? 2 : 1);
});

test('a due order gets its next attempt, which nobody runs and the event asks for', async () => {
  const order = claimed({ updatedAt: ago(HOUR) });
  const orders = new MemoryOrders(order);
  await reconcile(orders);
  expect(orders.row(order.id).runBy).toBeUndefined();
  expect(orders.events).toEqual([
    expect.objectContaining({
      starts: 2,
      event: expect.objectContaining({
        type: 'order.saga-requested',
        correlationid: 'cor_placed',
        data: expect.objectContaining({ attempt: 2, because: 'NO_STEP_RECORDED' }),
      }),
    }),
  ]);
});

test('the age comes from the payload, 0 among others', async () => {
  const orders = new MemoryOrders(claimed());
  expect(await reconcile(orders, 1)).toMatchObject({ resumed: 0 });
  expect(await reconcile(orders, 0)).toMatchObject({ resumed: 1 });
});

test('open for more than an hour is stuck, whether due or not', async () => {
  const orders = new MemoryOrders(
    anOrder({ id: 'a', createdAt: ago(HOUR + 1) }),
    anOrder({ id: 'b', createdAt: ago(HOUR) }),
    anOrder({ id: 'c', createdAt: ago(2 * HOUR), updatedAt: ago(2 * HOUR), paymentStatus: 'UNKNOWN' }),
    anOrder({ id: 'd', createdAt: ago(48 * HOUR), status: 'CANCELLED', cancelRequestedAt: ago(MINUTE) }),
  );
  expect(await reconcile(orders)).toEqual({ open: 4, resumed: 1, expired: 0, stuck: 2, faults: [] });
});

test('an order that moves on by itself meanwhile is left to itself', async () => {
  const order = anOrder({ updatedAt: ago(HOUR) });
  const orders = new MemoryOrders(order);
  orders.meanwhile = () => orders.claim(order.id, run(), NOW);
  expect(await reconcile(orders)).toMatchObject({ open: 1, resumed: 0, stuck: 0 });
  expect(orders.row(order.id)).toMatchObject({ attempt: 1, runBy: run().key });
});

test('one order that cannot be written does not keep the others from going on, and is told', async () => {
  const orders = new MemoryOrders(
    anOrder({ id: 'a', updatedAt: ago(HOUR) }),
    anOrder({ id: 'b', updatedAt: ago(HOUR) }),
  );
  orders.meanwhile = () => Promise.reject(new Error('throttled'));
  expect(await reconcile(orders)).toMatchObject({ open: 2, resumed: 1, faults: [new Error('throttled')] });
  expect(orders.row('b').attempt).toBe(2);
});

describe('an order that waits for a decision', () => {
  const { items, total } = anOrder();
  const inReview = (decideBy: string, over: Partial<Order> = {}) =>
    claimed({ status: 'IN_REVIEW', decideBy, createdAt: ago(20 * HOUR), updatedAt: ago(20 * HOUR), ...over });
  const askedUntil = (expiresAt: string) =>
    claimed({
      status: 'AWAITING_CUSTOMER',
      proposal: { items, total, expiresAt },
      createdAt: ago(20 * HOUR),
      updatedAt: ago(20 * HOUR),
    });
  const soon = iso(NOW + 4 * HOUR);

  test.each([
    ['staff', inReview(soon)],
    ['its customer', askedUntil(soon)],
  ])('of %s lacks no step and is not stuck, however long it takes', async (_whom, order) => {
    const orders = new MemoryOrders(order);
    expect(await reconcile(orders, 0)).toEqual({ open: 1, resumed: 0, expired: 0, stuck: 0, faults: [] });
    expect(orders.row(order.id)).toEqual(order);
  });

  test('of staff who said nothing gets the attempt that rejects it', async () => {
    const order = inReview(iso(NOW));
    const orders = new MemoryOrders(order);
    expect(await reconcile(orders)).toMatchObject({ resumed: 0, expired: 1 });
    expect(orders.row(order.id)).toMatchObject({ status: 'IN_REVIEW', review: 'EXPIRED', attempt: 2 });
    expect(orders.events).toMatchObject([
      { starts: 2, event: { type: 'order.reviewed', actor: 'system', data: { decision: 'EXPIRED' } } },
    ]);
    expect(await reconcile(orders)).toMatchObject({ resumed: 0, expired: 0 });
  });

  test('of a customer who said nothing is cancelled, and its next attempt clears up', async () => {
    const order = askedUntil(iso(NOW));
    const orders = new MemoryOrders(order);
    expect(await reconcile(orders)).toMatchObject({ expired: 1 });
    expect(orders.row(order.id)).toMatchObject({ status: 'CANCELLED', owed: true, attempt: 2 });
    expect(orders.events).toMatchObject([{ starts: 2, event: { type: 'order.cancelled', actor: 'system' } }]);
  });

  const lost = (decideBy: string, over: Partial<Order> = {}) =>
    claimed({
      status: 'AWAITING_PAYMENT',
      paymentStatus: 'VOIDED',
      decideBy,
      runBy: undefined,
      createdAt: ago(9 * 24 * HOUR),
      updatedAt: ago(20 * HOUR),
      ...over,
    });

  test('of a customer whose authorisation was lost lacks no step and is not stuck', async () => {
    const order = lost(soon);
    const orders = new MemoryOrders(order);
    expect(await reconcile(orders, 0)).toEqual({ open: 1, resumed: 0, expired: 0, stuck: 0, faults: [] });
    expect(orders.row(order.id)).toEqual(order);
  });

  test('of such a customer who said nothing is cancelled, and its next attempt gives back the stock', async () => {
    const order = lost(iso(NOW));
    const orders = new MemoryOrders(order);
    expect(await reconcile(orders)).toMatchObject({ expired: 1, stuck: 0 });
    expect(orders.row(order.id)).toMatchObject({
      status: 'CANCELLED',
      owed: true,
      attempt: 2,
      decideBy: undefined,
    });
    expect(orders.events).toMatchObject([{ starts: 2, event: { type: 'order.cancelled', actor: 'system' } }]);
  });

  test('of such a customer, of whose order a part is sent, is that part from then on; the rest is given back', async () => {
    const order = lost(iso(NOW), {
      paymentStatus: 'CAPTURED',
      fulfilmentStatus: 'PARTIALLY_SHIPPED',
      progress: { mug: { shipped: 1, delivered: 0, returning: 0, returned: 0 } },
    });
    const orders = new MemoryOrders(order);
    expect(await reconcile(orders)).toMatchObject({ expired: 1, stuck: 0 });
    expect(orders.row(order.id)).toMatchObject({
      status: 'SHIPPED',
      fulfilmentStatus: 'SHIPPED',
      paymentStatus: 'CAPTURED',
      items: [{ productId: 'mug', quantity: 1 }],
      total: { amount: 1450, currency: 'EUR' },
      owed: true,
      attempt: 2,
      runBy: undefined,
      decideBy: undefined,
      decidedAt: iso(NOW),
    });
    expect(orders.events).toMatchObject([
      {
        starts: 2,
        event: {
          type: 'order.rest-cancelled',
          actor: 'system',
          data: {
            items: [
              { productId: 'mug', quantity: 1 },
              { productId: 'dripper', quantity: 1 },
            ],
            total: { amount: 3940, currency: 'EUR' },
            status: 'SHIPPED',
          },
        },
      },
    ]);
    expect(await reconcile(orders)).toMatchObject({ resumed: 0, expired: 0 });
  });

  test('after a lost authorisation takes three days, or as long as the payload says', async () => {
    const orders = new MemoryOrders(lost(iso(NOW + 71 * HOUR)));
    expect(await reconcile(orders, 600, { holdsOlderThanSeconds: 2 * 3600 })).toMatchObject({ expired: 0 });
    expect(await reconcile(orders, 600, { holdsOlderThanSeconds: 3600 })).toMatchObject({ expired: 1 });
  });

  test('once decided on is owed its next step like any other, counted from the decision', async () => {
    const decided = inReview(soon, { decideBy: undefined, review: 'REFUSED', decidedAt: ago(11 * MINUTE) });
    const orders = new MemoryOrders({ ...decided, updatedAt: ago(11 * MINUTE) });
    expect(await reconcile(orders)).toMatchObject({ resumed: 1, expired: 0, stuck: 0 });
  });

  test('decided on in the last moment is left to that decision', async () => {
    const order = inReview(iso(NOW));
    const orders = new MemoryOrders(order);
    orders.meanwhile = () => orders.claim(order.id, run(), NOW);
    expect(await reconcile(orders)).toMatchObject({ expired: 0, faults: [] });
  });

  test('waits for a shorter time where the payload says so, and alone where it names one order', async () => {
    const [one, other] = [inReview(soon, { id: 'one' }), inReview(soon, { id: 'other' })];
    const orders = new MemoryOrders(one, other);
    expect(await reconcile(orders, 600, { holdsOlderThanSeconds: 21 * 3600 })).toMatchObject({ expired: 0 });
    expect(await reconcile(orders, 600, { holdsOlderThanSeconds: 0, orderId: 'one' })).toMatchObject({
      open: 1,
      expired: 1,
    });
    expect(orders.row('other')).toEqual(other);
    expect(await reconcile(orders, 600, { holdsOlderThanSeconds: 20 * 3600 })).toMatchObject({ expired: 1 });
  });
});
