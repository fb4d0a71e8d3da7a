import type { Order } from '../../services/orders/domain/order';
import { cancelOrder } from '../../services/orders/use-cases/cancel-order';
import { confirmOrder } from '../../services/orders/use-cases/confirm-order';
import { holdOrder } from '../../services/orders/use-cases/hold-order';
import { parkOrder } from '../../services/orders/use-cases/park-order';
import { reconcileOrders } from '../../services/orders/use-cases/reconcile-orders';
import { rejectOrder } from '../../services/orders/use-cases/reject-order';
import { startSagas } from '../../services/orders/use-cases/start-sagas';
import { validateOrder } from '../../services/orders/use-cases/validate-order';
import {
  AT,
  anOrder,
  answer,
  claimed,
  clock,
  LIMITS,
  NOW,
  price,
  priceList,
  request,
  run,
} from './support/an-order';
import { MemoryOrders } from './support/memory-orders';

const STEPS = [{ step: 'ReserveInventory', outcome: 'RESERVED', at: AT }];

function saga(order: Order, prices = [price('mug'), price('dripper')]) {
  const orders = new MemoryOrders(order);
  const ports = { orders, clock, prices: priceList(...prices), limits: LIMITS };
  const end = (attempt = 1) => ({
    orderId: order.id,
    run: run(attempt),
    correlationId: 'cor_1',
    steps: STEPS,
  });
  return {
    orders,
    row: () => orders.row(order.id),
    validate: (who = run(order.attempt)) => validateOrder(ports, { orderId: order.id, run: who }),
    confirm: (attempt?: number) => confirmOrder(ports, { ...end(attempt), paymentStatus: 'CAPTURED' }),
    reject: (reason?: 'OUT_OF_STOCK', attempt?: number) =>
      rejectOrder(ports, { ...end(attempt), reason, paymentStatus: 'VOIDED' }),
    park: (paymentStatus: 'UNKNOWN' | 'REQUIRES_ACTION' = 'UNKNOWN', attempt?: number) =>
      parkOrder(ports, { ...end(attempt), paymentStatus }),
    hold: (short?: { productId: string; missing: number }[]) =>
      holdOrder(ports, { ...end(), reason: 'ABOVE_THRESHOLD', short }),
    cancel: () =>
      cancelOrder(
        { orders, replies: orders, clock, answer },
        { orderId: order.id, customerId: 'ada', correlationId: 'cor_1', request: request() },
      ),
  };
}

describe('ValidateOrder', () => {
  test('claims the attempt and hands on what the later steps need', async () => {
    const { validate, row } = saga(anOrder());
    expect(await validate()).toEqual({
      outcome: 'VALID',
      reason: 'VALID',
      customerId: 'ada',
      order: {
        lines: [
          { productId: 'mug', quantity: 2 },
          { productId: 'dripper', quantity: 1 },
        ],
        total: { amount: 5390, currency: 'EUR' },
        holdUntil: '2030-01-01T12:45:00.000Z',
        paymentToken: 'tok_visa',
      },
      step: { step: 'ValidateOrder', outcome: 'VALID', at: AT },
    });
    expect(row()).toMatchObject({ runBy: run().key, version: 2 });
  });

  test('the same execution again finds its own claim', async () => {
    const { validate } = saga(anOrder());
    await validate();
    expect(await validate()).toMatchObject({ outcome: 'VALID' });
  });

  test.each([
    ['a second execution of the attempt', claimed(), run(1, 'second-execution')],
    ['an attempt that is over', anOrder({ attempt: 2 }), run(1)],
    ['an attempt that is not asked for yet', anOrder(), run(2)],
    ['an order that has its end', claimed({ status: 'CONFIRMED', owed: false }), run(1)],
  ])('%s is a DUPLICATE that gets nothing of the order', async (_what, order, who) => {
    const { validate, row } = saga(order);
    expect(await validate(who)).toMatchObject({ outcome: 'DUPLICATE', order: {} });
    expect(row()).toEqual(order);
  });

  test('an order that was never placed is a DUPLICATE', async () => {
    const ports = { orders: new MemoryOrders(), prices: priceList(), clock, limits: LIMITS };
    expect(await validateOrder(ports, { orderId: 'ord_none', run: run() })).toMatchObject({
      outcome: 'DUPLICATE',
    });
  });

  test('an order whose authorisation was lost waits, whatever starts an attempt', async () => {
    const order = anOrder({ status: 'AWAITING_PAYMENT', paymentStatus: 'VOIDED', decideBy: AT });
    expect(await saga(order).validate()).toMatchObject({ outcome: 'WAITING', order: {} });
  });

  test.each([
    ['asked for', anOrder({ cancelRequestedAt: AT })],
    ['made', anOrder({ status: 'CANCELLED', attempt: 2 })],
  ])('a cancellation that was %s is CANCEL', async (_what, order) => {
    expect(await saga(order).validate()).toMatchObject({ outcome: 'CANCEL', order: {} });
  });

  test.each([
    ['retired', [price('mug'), price('dripper', { status: 'retired' })]],
    ['gone from the list', [price('mug')]],
  ])('a product that is %s meanwhile is PRODUCT_UNAVAILABLE', async (_what, prices) => {
    expect(await saga(anOrder(), prices).validate()).toMatchObject({
      outcome: 'PRODUCT_UNAVAILABLE',
      reason: 'PRODUCT_UNAVAILABLE',
    });
  });

  const DEAR = { total: { amount: 200_001, currency: 'EUR' } };

  test('an order above the threshold is for REVIEW, and the saga is told why and nothing of the order', async () => {
    expect(await saga(anOrder(DEAR)).validate()).toMatchObject({
      outcome: 'REVIEW',
      reason: 'ABOVE_THRESHOLD',
      order: {},
      step: { outcome: 'REVIEW' },
    });
  });

  test.each([
    ['was approved', { review: 'APPROVED' }, 'VALID'],
    ['was refused', { status: 'IN_REVIEW', review: 'REFUSED' }, 'FRAUD_REFUSED'],
    ['was not decided on in time', { status: 'IN_REVIEW', review: 'EXPIRED' }, 'REVIEW_EXPIRED'],
    ['is with staff', { status: 'IN_REVIEW', decideBy: AT }, 'WAITING'],
    ['has a payment under way', { paymentStatus: 'UNKNOWN' }, 'VALID'],
    ['waits for its payment', { status: 'AWAITING_PAYMENT', paymentStatus: 'REQUIRES_ACTION' }, 'VALID'],
    ['is to be cancelled', { cancelRequestedAt: AT }, 'CANCEL'],
  ] as [string, Partial<Order>, string][])('one that %s is not held: %#', async (_what, over, outcome) => {
    expect(await saga(anOrder({ ...DEAR, ...over })).validate()).toMatchObject({ outcome });
  });

  test('a product that is gone is said before staff are troubled', async () => {
    expect(await saga(anOrder(DEAR), [price('mug')]).validate()).toMatchObject({
      outcome: 'PRODUCT_UNAVAILABLE',
    });
  });

  test('the wish to be asked when a part is sold out is handed on', async () => {
    const { order } = await saga(anOrder({ onUnavailable: 'ask' })).validate();
    expect(order).toMatchObject({ tellShort: true });
  });

  test('an order whose payment has its end hands on no token', async () => {
    const { order } = await saga(anOrder({ paymentToken: undefined })).validate();
    expect(order).not.toHaveProperty('paymentToken');
  });
});

describe('ConfirmOrder', () => {
  test('confirms, and the event tells every step', async () => {
    const { confirm, orders, row } = saga(claimed());
    expect(await confirm()).toEqual({ outcome: 'CONFIRMED' });
    expect(row()).toMatchObject({ status: 'CONFIRMED', paymentStatus: 'CAPTURED', owed: false });
    expect(row().paymentToken).toBeUndefined();
    expect(orders.events[0]?.event.data).toMatchObject({
      steps: [...STEPS, { step: 'ConfirmOrder', outcome: 'CONFIRMED', at: AT }],
    });
  });

  test('run again it says the same and writes nothing', async () => {
    const { confirm, orders } = saga(claimed());
    await confirm();
    expect(await confirm()).toEqual({ outcome: 'CONFIRMED' });
    expect(orders.writes).toBe(1);
  });

  test.each([
    ['cancellation was asked for', claimed({ cancelRequestedAt: AT }), 'CANCEL'],
    ['another attempt counts', claimed({ attempt: 2 }), 'SUPERSEDED'],
    ['the order is rejected', claimed({ status: 'REJECTED', owed: false }), 'SUPERSEDED'],
  ])('writes nothing when %s', async (_what, order, outcome) => {
    const { confirm, orders } = saga(order);
    expect(await confirm(1)).toEqual({ outcome });
    expect(orders.writes).toBe(0);
  });

  test('an order that is not there has no attempt that counts', async () => {
    const ports = { orders: new MemoryOrders(), clock };
    const command = { orderId: 'ord_none', run: run(), correlationId: 'c', steps: [] };
    expect(await confirmOrder(ports, { ...command, paymentStatus: 'CAPTURED' })).toEqual({
      outcome: 'SUPERSEDED',
    });
  });

  test('an order that others keep changing is a fault, which the machine tries again', async () => {
    const { confirm, orders, row } = saga(claimed());
    const moveOn = async () => {
      await orders.claim(row().id, run(), clock());
      orders.meanwhile = moveOn;
    };
    orders.meanwhile = moveOn;
    await expect(confirm()).rejects.toThrow('keeps being changed');
  });
});

describe('RejectOrder', () => {
  test.each([
    ['the step gave a reason', claimed(), 'REJECTED', 'order.rejected'],
    ['its customer asked to cancel', claimed({ cancelRequestedAt: AT }), 'CANCELLED', 'order.cancelled'],
    ['it was cancelled after confirmation', claimed({ status: 'CANCELLED' }), 'CANCELLED', 'order.settled'],
  ])('an order ends when %s', async (_what, order, outcome, type) => {
    const { reject, orders, row } = saga(order);
    expect(await reject('OUT_OF_STOCK')).toEqual({ outcome });
    expect(row()).toMatchObject({ status: outcome, paymentStatus: 'VOIDED', owed: false });
    expect(orders.eventTypes()).toEqual([type]);
    expect(orders.events[0]?.event.data).toMatchObject({
      steps: [...STEPS, { step: 'RejectOrder', outcome, at: AT }],
    });
  });

  test.each([
    ['REJECTED', claimed()],
    ['CANCELLED', claimed({ cancelRequestedAt: AT })],
    ['CANCELLED', claimed({ status: 'CANCELLED' })],
  ])('run again it says %s again and writes nothing', async (outcome, order) => {
    const { reject, orders } = saga(order);
    await reject('OUT_OF_STOCK');
    expect(await reject('OUT_OF_STOCK')).toEqual({ outcome });
    expect(orders.writes).toBe(1);
  });

  test('a rejection that a cancellation overtakes ends CANCELLED', async () => {
    const { reject, cancel, orders } = saga(claimed());
    orders.meanwhile = cancel;
    expect(await reject('OUT_OF_STOCK')).toEqual({ outcome: 'CANCELLED' });
    expect(orders.eventTypes()).toEqual(['order.cancel-requested', 'order.cancelled']);
  });

  test('an attempt that does not count changes nothing', async () => {
    const { reject, orders } = saga(claimed({ attempt: 2 }));
    expect(await reject('OUT_OF_STOCK', 1)).toEqual({ outcome: 'SUPERSEDED' });
    expect(orders.writes).toBe(0);
  });
});

describe('an order of which only a part was sent, and the rest is given back', () => {
  const cut = (over: Partial<Order> = {}) =>
    anOrder({
      status: 'SHIPPED',
      paymentStatus: 'CAPTURED',
      fulfilmentStatus: 'SHIPPED',
      items: [{ productId: 'mug', name: 'Mug', quantity: 1, unitPrice: { amount: 1450, currency: 'EUR' } }],
      attempt: 2,
      runBy: undefined,
      decidedAt: AT,
      ...over,
    });

  test('hands on what is to be kept, and nothing that could charge it', async () => {
    expect(await saga(cut()).validate()).toMatchObject({
      outcome: 'REST_CANCELLED',
      order: { keep: [{ productId: 'mug', quantity: 1 }] },
    });
    const { order } = await saga(cut()).validate();
    expect(Object.keys(order)).toEqual(['keep']);
  });

  test.each(['SHIPPED', 'DELIVERED'] as const)('ends %s and paid as it was', async (status) => {
    const { validate, reject, row, orders } = saga(cut({ status }));
    await validate();
    expect(await reject(undefined, 2)).toEqual({ outcome: status });
    expect(row()).toMatchObject({ status, paymentStatus: 'CAPTURED', owed: false });
    expect(orders.events).toMatchObject([
      { event: { type: 'order.settled', data: { paymentStatus: 'CAPTURED' } } },
    ]);
    expect(await reject(undefined, 2)).toEqual({ outcome: status });
    expect(orders.writes).toBe(1);
  });
});

describe('ParkOrder', () => {
  test('an unknown payment leaves the order open for the reconciler', async () => {
    const { park, orders, row } = saga(claimed());
    expect(await park()).toEqual({ outcome: 'PARKED' });
    expect(row()).toMatchObject({ status: 'PENDING', paymentStatus: 'UNKNOWN', owed: true });
    expect(orders.events[0]?.event).toMatchObject({
      type: 'order.parked',
      data: { status: 'PENDING', paymentStatus: 'UNKNOWN' },
    });
  });

  test('an action of the customer leaves it AWAITING_PAYMENT', async () => {
    const { park, row } = saga(claimed());
    await park('REQUIRES_ACTION');
    expect(row()).toMatchObject({ status: 'AWAITING_PAYMENT', paymentStatus: 'REQUIRES_ACTION', owed: true });
  });

  test('the customer is asked once: a repeat and a later attempt find them asked already', async () => {
    const { park, orders, row } = saga(claimed());
    await park('REQUIRES_ACTION');
    await park('REQUIRES_ACTION');
    await reconcileOrders({ orders, clock }, { olderThanSeconds: 0 });
    await orders.claim(row().id, run(2), NOW);
    await park('UNKNOWN', 2);
    await park('REQUIRES_ACTION', 2);
    const parked = orders.events.filter(({ event }) => event.type === 'order.parked');
    expect(parked.map(({ event }) => (event.data as { asks?: true }).asks)).toEqual([
      true,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test.each<[string, Partial<Order>, 'UNKNOWN' | 'REQUIRES_ACTION']>([
    ['whose payment is unknown', {}, 'UNKNOWN'],
    ['who wants out', { cancelRequestedAt: AT }, 'REQUIRES_ACTION'],
  ])('a customer %s is asked for nothing', async (_who, over, paymentStatus) => {
    const { park, orders } = saga(claimed(over));
    await park(paymentStatus);
    expect(orders.events[0]?.event.data).not.toHaveProperty('asks');
  });

  test('an order that has its end is left alone', async () => {
    const { park, orders } = saga(claimed({ status: 'CONFIRMED', owed: false }));
    expect(await park()).toEqual({ outcome: 'SUPERSEDED' });
    expect(orders.writes).toBe(0);
  });
});

describe('HoldOrder', () => {
  const SHORT = [{ productId: 'mug', missing: 1 }];

  test('without a shortage asks staff, until when and why', async () => {
    const { hold, orders, row } = saga(claimed());
    expect(await hold()).toEqual({ outcome: 'IN_REVIEW' });
    expect(row()).toMatchObject({ status: 'IN_REVIEW', owed: true });
    expect(orders.events).toMatchObject([
      {
        event: {
          type: 'order.held',
          data: {
            because: 'ABOVE_THRESHOLD',
            decideBy: '2030-01-02T12:00:00.000Z',
            steps: [...STEPS, { step: 'HoldOrder', outcome: 'IN_REVIEW', at: AT }],
          },
        },
      },
    ]);
    expect(orders.events[0]?.starts).toBeUndefined();
  });

  test('with a shortage offers the customer the rest', async () => {
    const { hold, orders, row } = saga(claimed());
    expect(await hold(SHORT)).toEqual({ outcome: 'AWAITING_CUSTOMER' });
    expect(row()).toMatchObject({ status: 'AWAITING_CUSTOMER', proposal: { total: { amount: 3940 } } });
    expect(orders.events).toMatchObject([
      {
        event: {
          type: 'order.choice-asked',
          data: { total: { amount: 3940 }, expiresAt: '2030-01-02T12:00:00.000Z' },
        },
      },
    ]);
  });

  test.each([
    ['IN_REVIEW', undefined],
    ['AWAITING_CUSTOMER', SHORT],
  ])('run again it says %s again and writes nothing', async (outcome, short) => {
    const { hold, orders } = saga(claimed());
    await hold(short);
    expect(await hold(short)).toEqual({ outcome });
    expect(orders.writes).toBe(1);
  });

  test.each([undefined, SHORT])('compensates where the customer wants out', async (short) => {
    const { hold, cancel, orders } = saga(claimed());
    orders.meanwhile = cancel;
    expect(await hold(short)).toEqual({ outcome: 'CANCEL' });
    expect(orders.eventTypes()).toEqual(['order.cancel-requested']);
  });

  test('rejects where there is no rest', async () => {
    const all = [...SHORT, { productId: 'dripper', missing: 1 }].map((line) => ({ ...line, missing: 2 }));
    const { hold, orders } = saga(claimed());
    expect(await hold(all)).toEqual({ outcome: 'OUT_OF_STOCK' });
    expect(orders.writes).toBe(0);
  });
});

describe('starting sagas', () => {
  const request = (orderId: string) => ({ orderId, attempt: 1, correlationId: 'cor_1' });

  test('one that cannot be started is told after all others were', async () => {
    const started: string[] = [];
    const sagas = {
      start: async ({ orderId }: { orderId: string }) => {
        if (orderId === 'bad') throw new Error('throttled');
        started.push(orderId);
      },
    };
    const requests = ['a', 'bad', 'b'].map(request);
    await expect(startSagas({ sagas }, requests)).rejects.toThrow('1 of 3 sagas not started');
    expect(started).toEqual(['a', 'b']);
  });
});
