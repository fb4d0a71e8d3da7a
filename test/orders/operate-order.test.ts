import type { CloudEvent } from '../../events/envelope';
import type { Order } from '../../services/orders/domain/order';
import { compensateOrder, resumeOrder } from '../../services/orders/use-cases/operate-order';
import { CONSUMERS_REMEMBER, republishOrder } from '../../services/orders/use-cases/republish-order';
import { DAY, iso, MINUTE } from '../../shared/kernel/time';
import { anOrder, answer, claimed, clock, NOW, request } from './support/an-order';
import { MemoryOrders } from './support/memory-orders';

function desk(order: Order) {
  const orders = new MemoryOrders(order);
  const ports = { orders, replies: orders, clock, answer };
  const command = {
    orderId: order.id,
    correlationId: 'cor_1',
    request: request(),
    staffId: 'grace',
    ifMatch: undefined,
  };
  return {
    orders,
    row: () => orders.row(order.id),
    compensate: () => compensateOrder(ports, command),
    resume: () => resumeOrder(ports, command),
  };
}

const EARLIER = iso(NOW - 20 * MINUTE);

describe('compensating', () => {
  test.each<[string, Order, string]>([
    [
      'waits for its payment is CANCELLED, which is told',
      claimed({ status: 'AWAITING_PAYMENT' }),
      'order.cancelled',
    ],
    ['is PENDING has its wish to be cancelled noted', claimed(), 'order.cancel-requested'],
    [
      'was CANCELLED before only gets its next attempt',
      claimed({ status: 'CANCELLED', cancelRequestedAt: EARLIER }),
      'order.saga-requested',
    ],
    [
      'is to be cancelled already only gets its next attempt',
      claimed({ cancelRequestedAt: EARLIER }),
      'order.saga-requested',
    ],
  ])('an order that %s', async (_what, order, type) => {
    const { compensate, orders, row } = desk(order);
    expect(await compensate()).toHaveProperty('status', 202);
    expect(orders.events).toMatchObject([
      { event: { type, actor: 'staff' }, starts: 2, audit: { action: 'compensate-order' } },
    ]);
    expect(row()).toMatchObject({ attempt: 2, owed: true });
    expect(row().runBy).toBeUndefined();
  });

  test('an order that has its end is refused', async () => {
    const order = claimed({ status: 'CANCELLED', cancelRequestedAt: EARLIER, owed: false });
    expect(await desk(order).compensate()).toMatchObject({ refused: 'ILLEGAL_TRANSITION' });
  });
});

describe('sending the events of an order again', () => {
  const event = (id: string, age: number) => ({ id, time: iso(NOW - age) }) as CloudEvent;

  function relay(...events: CloudEvent[]) {
    const sent: string[] = [];
    const entries: object[] = [];
    const ports = {
      history: { eventsOf: async () => events },
      publisher: {
        publish: async (some: readonly CloudEvent[]) => void sent.push(...some.map(({ id }) => id)),
      },
      audit: { write: async (entry: object) => void entries.push(entry) },
      clock,
    };
    const command = { orderId: anOrder().id, staffId: 'grace', correlationId: 'cor_1' };
    return { sent, entries, republish: () => republishOrder(ports, command) };
  }

  test('leaves out those that their consumers may have forgotten, and counts them', async () => {
    const events = [
      event('old', CONSUMERS_REMEMBER + 1),
      event('known', CONSUMERS_REMEMBER),
      event('new', 0),
    ];
    const { republish, sent, entries } = relay(...events);
    expect(await republish()).toEqual({ events: 2, tooOld: 1 });
    expect(sent).toEqual(['known', 'new']);
    expect(entries).toMatchObject([{ action: 'republish-order', detail: { events: 2, tooOld: 1 } }]);
  });

  test('of which all are too old sends none', async () => {
    const { republish, sent } = relay(event('old', 36 * DAY));
    expect(await republish()).toEqual({ events: 0, tooOld: 1 });
    expect(sent).toEqual([]);
  });

  test('that never was is refused', async () => {
    expect(await relay().republish()).toMatchObject({ refused: 'NOT_FOUND' });
  });
});
