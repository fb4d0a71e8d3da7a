import type { Order } from '../../services/orders/domain/order';
import { cancelOrder } from '../../services/orders/use-cases/cancel-order';
import { confirmOrder } from '../../services/orders/use-cases/confirm-order';
import { AT, anOrder, answer, claimed, clock, request, run } from './support/an-order';
import { MemoryOrders } from './support/memory-orders';

function desk(order: Order) {
  const orders = new MemoryOrders(order);
  const ports = { orders, replies: orders, clock, answer };
  const command = { orderId: order.id, customerId: 'ada', correlationId: 'cor_1', request: request() };
  return {
    orders,
    row: () => orders.row(order.id),
    cancel: (over: Partial<typeof command> = {}) => cancelOrder(ports, { ...command, ...over }),
    confirm: () =>
      confirmOrder(ports, {
        orderId: order.id,
        run: run(order.attempt),
        correlationId: 'cor_1',
        steps: [],
        paymentStatus: 'CAPTURED',
      }),
  };
}

const statusOf = (reply: unknown) => JSON.parse((reply as { body: string }).body).status;

test('a PENDING order stays PENDING, with the wish noted and no new attempt', async () => {
  const { orders, cancel, row } = desk(claimed());
  expect(statusOf(await cancel())).toBe('PENDING');
  expect(row()).toMatchObject({ status: 'PENDING', cancelRequestedAt: AT, attempt: 1 });
  expect(orders.eventTypes()).toEqual(['order.cancel-requested']);
  expect(orders.events[0]?.starts).toBeUndefined();
});

test.each(['CONFIRMED', 'AWAITING_PAYMENT', 'IN_REVIEW', 'AWAITING_CUSTOMER'] as const)(
  'an order that is %s is CANCELLED at once, and its next attempt gives everything back',
  async (status) => {
    const { orders, cancel, row } = desk(claimed({ status, owed: status !== 'CONFIRMED' }));
    expect(statusOf(await cancel())).toBe('CANCELLED');
    expect(row()).toMatchObject({ status: 'CANCELLED', attempt: 2, owed: true });
    expect(row().runBy).toBeUndefined();
    expect(orders.events).toEqual([
      expect.objectContaining({ starts: 2, event: expect.objectContaining({ type: 'order.cancelled' }) }),
    ]);
  },
);

test.each(['SHIPPED', 'DELIVERED', 'REJECTED'] as const)(
  'an order that is %s cannot be cancelled',
  async (status) => {
    const { orders, cancel } = desk(claimed({ status, owed: false }));
    expect(await cancel()).toMatchObject({ refused: 'ORDER_NOT_CANCELLABLE' });
    expect(orders.writes).toBe(0);
  },
);

test.each([
  ['before confirmation', claimed()],
  ['after confirmation', claimed({ status: 'CONFIRMED', owed: false })],
])('a second cancel %s gives the same answer and changes nothing', async (_when, order) => {
  const { orders, cancel } = desk(order);
  const first = await cancel();
  const second = await cancel({ request: request('key-2') });
  expect(second).toEqual(first);
  expect(orders.writes).toBe(1);
});

test('the same request again is replayed to the byte, also after the order went on', async () => {
  const { orders, cancel, confirm } = desk(claimed());
  const first = await cancel();
  expect(await confirm()).toEqual({ outcome: 'CANCEL' });
  expect(await cancel()).toMatchObject({
    body: (first as { body: string }).body,
    headers: { 'idempotent-replayed': 'true' },
  });
  expect(orders.writes).toBe(1);
});

test('a key used for another request is refused', async () => {
  const { cancel } = desk(claimed());
  await cancel();
  expect(await cancel({ request: request('key-1', 'other') })).toMatchObject({
    refused: 'IDEMPOTENCY_KEY_REUSED',
  });
});

test("somebody else's order is not there", async () => {
  const { orders, cancel } = desk(claimed());
  expect(await cancel({ customerId: 'eve' })).toMatchObject({ refused: 'NOT_FOUND' });
  expect(await cancel({ orderId: 'ord_none' })).toMatchObject({ refused: 'NOT_FOUND' });
  expect(orders.writes).toBe(0);
});

test('the confirmation comes first: the cancellation looks again and cancels what is CONFIRMED now', async () => {
  const { orders, cancel, confirm, row } = desk(claimed());
  orders.meanwhile = confirm;
  expect(statusOf(await cancel())).toBe('CANCELLED');
  expect(row()).toMatchObject({ status: 'CANCELLED', attempt: 2, owed: true });
  expect(orders.eventTypes()).toEqual(['order.confirmed', 'order.cancelled']);
});

test('the cancellation comes first: the confirmation looks again and compensates', async () => {
  const { orders, cancel, confirm, row } = desk(claimed());
  orders.meanwhile = cancel;
  expect(await confirm()).toEqual({ outcome: 'CANCEL' });
  expect(row()).toMatchObject({ status: 'PENDING', cancelRequestedAt: AT });
  expect(orders.eventTypes()).toEqual(['order.cancel-requested']);
});

test('an order that keeps changing is a conflict, to be tried again in a second', async () => {
  const { orders, cancel, row } = desk(anOrder());
  const moveOn = async () => {
    const order = row();
    await orders.claim(order.id, run(1), clock());
    orders.meanwhile = moveOn;
  };
  orders.meanwhile = moveOn;
  expect(await cancel()).toMatchObject({ refused: 'CONFLICT', retryAfter: 1 });
  expect(orders.writes).toBe(0);
});
