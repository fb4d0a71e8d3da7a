import type { Order } from '../../services/orders/domain/order';
import type { Price } from '../../services/orders/domain/pricing';
import { cleanUpOrders } from '../../services/orders/use-cases/clean-up-orders';
import { raiseAttempt } from '../../services/orders/use-cases/raise-attempt';
import { rejectOrder } from '../../services/orders/use-cases/reject-order';
import { validateOrder } from '../../services/orders/use-cases/validate-order';
import { DAY, iso, MINUTE } from '../../shared/kernel/time';
import { anOrder, claimed, clock, LIMITS, NOW, priceList, run } from './support/an-order';
import { MemoryOrders } from './support/memory-orders';

const ago = (milliseconds: number) => iso(NOW - milliseconds);

describe('the next attempt of an order about which the books disagree', () => {
  const raise = (order: Order, { version = order.version, quietSeconds = 600 } = {}) => {
    const orders = new MemoryOrders(order);
    const outcome = raiseAttempt({ orders, clock }, { orderId: order.id, version, quietSeconds });
    return { orders, outcome };
  };

  test.each<[string, Partial<Order>, { version?: number }, string]>([
    ['open and quiet for ten minutes', { updatedAt: ago(10 * MINUTE) }, {}, 'RAISED'],
    ['rejected', { status: 'REJECTED', owed: false, updatedAt: ago(DAY) }, {}, 'RAISED'],
    ['cancelled and settled', { status: 'CANCELLED', owed: false, updatedAt: ago(DAY) }, {}, 'RAISED'],
    ['with something recorded 9 minutes ago', { updatedAt: ago(9 * MINUTE) }, {}, 'RECENT'],
    ['that changed since it was seen', { updatedAt: ago(DAY) }, { version: 1 }, 'STALE'],
    ['sold', { status: 'CONFIRMED', owed: false, updatedAt: ago(DAY) }, {}, 'NOTHING_TO_ASK'],
    [
      'that waits for staff',
      { status: 'IN_REVIEW', decideBy: ago(-DAY), updatedAt: ago(DAY) },
      {},
      'NOTHING_TO_ASK',
    ],
  ])('%s', async (_what, over, seen, expected) => {
    const order = claimed(over);
    const { orders, outcome } = raise(order, seen);
    expect(await outcome).toBe(expected);
    const raised = expected === 'RAISED';
    expect(orders.row(order.id)).toMatchObject({ attempt: raised ? 2 : 1, owed: raised || order.owed });
    expect(orders.events.map(({ starts }) => starts)).toEqual(raised ? [2] : []);
  });

  test.each(['REJECTED', 'CANCELLED'] as const)(
    'compensates one that ended %s, and ends it as it was, with nothing to tell its customer',
    async (status) => {
      const order = claimed({ status, owed: false, updatedAt: ago(DAY), rejectionReason: 'OUT_OF_STOCK' });
      const { orders, outcome } = raise(order);
      await outcome;
      const prices = priceList(...([] as Price[]));
      const ports = { orders, clock, prices, limits: LIMITS };
      const next = run(2);
      expect(await validateOrder(ports, { orderId: order.id, run: next })).toMatchObject({
        outcome: 'CANCEL',
      });
      const end = { orderId: order.id, run: next, correlationId: 'cor_1', steps: [] };
      const command = { ...end, reason: undefined, paymentStatus: 'REFUNDED' as const };
      expect(await rejectOrder(ports, command)).toEqual({ outcome: status });
      expect(orders.row(order.id)).toMatchObject({ status, owed: false, paymentStatus: 'REFUNDED' });
      expect(orders.eventTypes()).toEqual(['order.saga-requested', 'order.settled']);
    },
  );
});

describe('orders that were abandoned', () => {
  const house = (...all: Order[]) => {
    const orders = new MemoryOrders(...all);
    const paged = Object.assign(orders, {
      openPage: async () => ({ orders: all.map(({ id }) => orders.row(id)) }),
    });
    return {
      orders,
      clean: (dryRun: boolean) => cleanUpOrders({ orders: paged, clock }, { dryRun, olderThanDays: 3 }),
    };
  };
  const old = { createdAt: ago(4 * DAY), updatedAt: ago(MINUTE) };
  const all = () => [
    claimed({ id: 'stuck', ...old }),
    claimed({ id: 'unpaid', status: 'AWAITING_PAYMENT', ...old }),
    claimed({ id: 'young', createdAt: ago(2 * DAY) }),
    claimed({ id: 'decided', ...old, decidedAt: ago(DAY) }),
    claimed({ id: 'leaving', ...old, cancelRequestedAt: ago(DAY) }),
    claimed({ id: 'lost', status: 'AWAITING_PAYMENT', decideBy: ago(-DAY), ...old }),
  ];

  test('are cancelled as their customer would, and no others', async () => {
    const { orders, clean } = house(...all());
    expect(await clean(false)).toMatchObject({ seen: 6, removed: 2 });
    expect(orders.row('stuck')).toMatchObject({ status: 'PENDING', cancelRequestedAt: iso(NOW) });
    expect(orders.row('unpaid')).toMatchObject({ status: 'CANCELLED', owed: true, attempt: 2 });
    expect(orders.events).toHaveLength(2);
  });

  test('are counted by a dry run, which writes nothing', async () => {
    const { orders, clean } = house(...all());
    expect(await clean(true)).toMatchObject({ seen: 6, removed: 2 });
    expect(orders.writes).toBe(0);
  });

  test('are cancelled once', async () => {
    const { clean } = house(...all());
    await clean(false);
    expect(await clean(false)).toMatchObject({ removed: 0 });
  });
});

test('an order that nobody placed has nothing to raise', async () => {
  const orders = new MemoryOrders(anOrder());
  const asked = { orderId: 'ord_nobody', version: 1, quietSeconds: 0 };
  expect(await raiseAttempt({ orders, clock }, asked)).toBe('UNKNOWN');
});
