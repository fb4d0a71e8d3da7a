import type { Order } from '../../services/orders/domain/order';
import { DECISION_TIME } from '../../services/orders/domain/order-holds';
import { chooseRest } from '../../services/orders/use-cases/choose-rest';
import { reviewOrder } from '../../services/orders/use-cases/review-order';
import { iso } from '../../shared/kernel/time';
import { anOrder, answer, claimed, clock, NOW, request } from './support/an-order';
import { MemoryOrders } from './support/memory-orders';

const TOMORROW = iso(NOW + DECISION_TIME);
const held = () => claimed({ status: 'IN_REVIEW', decideBy: TOMORROW });
const asked = () => {
  const { items, total } = anOrder();
  const proposal = { items: items.slice(0, 1), total: { ...total, amount: 2900 }, expiresAt: TOMORROW };
  return claimed({ status: 'AWAITING_CUSTOMER', proposal });
};

function desk(order: Order) {
  const orders = new MemoryOrders(order);
  const ports = { orders, replies: orders, clock, answer };
  const command = { orderId: order.id, correlationId: 'cor_1', request: request() };
  const byStaff = { ...command, staffId: 'grace', decision: 'approve' as const, ifMatch: undefined };
  const byCustomer = { ...command, customerId: 'ada', decision: 'accept' as const, version: order.version };
  return {
    orders,
    row: () => orders.row(order.id),
    review: (over: Partial<Parameters<typeof reviewOrder>[1]> = {}) =>
      reviewOrder(ports, { ...byStaff, ...over }),
    choose: (over: Partial<Parameters<typeof chooseRest>[1]> = {}) =>
      chooseRest(ports, { ...byCustomer, ...over }),
  };
}

const bodyOf = (reply: unknown) => JSON.parse((reply as { body: string }).body);

describe('a review', () => {
  test.each([
    ['approve', 'PENDING', 'APPROVED'],
    ['refuse', 'IN_REVIEW', 'REFUSED'],
  ] as const)(
    '%s is one write: the order %s, the event that starts its next attempt, the entry of the audit log',
    async (decision, status, word) => {
      const { orders, review, row } = desk(held());
      expect(bodyOf(await review({ decision, note: 'Called them' }))).toMatchObject({ status, version: 3 });
      expect(row()).toMatchObject({ status, review: word, reviewNote: 'Called them', attempt: 2 });
      expect(orders.writes).toBe(1);
      expect(orders.events).toEqual([
        {
          event: expect.objectContaining({
            type: 'order.reviewed',
            actor: 'staff',
            data: { customerId: 'ada', attempt: 2, version: 3, decision: word },
          }),
          version: 3,
          starts: 2,
          audit: { actor: 'grace', action: 'review-order', detail: { decision } },
        },
      ]);
    },
  );

  test.each([
    ['that is not there', anOrder(), { orderId: 'ord_none' }, 'NOT_FOUND'],
    ['that nobody holds', anOrder(), {}, 'ILLEGAL_TRANSITION'],
    ['of another version than staff saw', held(), { ifMatch: 1 }, 'STALE'],
    ['that was decided on', { ...held(), review: 'REFUSED' as const }, {}, 'ILLEGAL_TRANSITION'],
    ['whose time is over', { ...held(), decideBy: iso(NOW) }, {}, 'ILLEGAL_TRANSITION'],
  ])('of an order %s is refused', async (_what, order, over, code) => {
    const { orders, review } = desk(order);
    expect(await review(over)).toMatchObject({ refused: code, detail: expect.any(String) });
    expect(orders.writes).toBe(0);
  });

  test('of the version that staff saw is made', async () => {
    expect(await desk(held()).review({ ifMatch: 2 })).toHaveProperty('status', 202);
  });

  test('of two who decide at once the second is told', async () => {
    const { orders, review, row } = desk(held());
    orders.meanwhile = () => review({ decision: 'refuse', request: request('key-2') });
    expect(await review()).toMatchObject({ refused: 'ILLEGAL_TRANSITION' });
    expect(row()).toMatchObject({ review: 'REFUSED', attempt: 2 });
  });

  test('sent again is replayed, also after the order went on', async () => {
    const { orders, review } = desk(held());
    const first = await review({ ifMatch: 2 });
    expect(await review({ ifMatch: 2 })).toMatchObject({
      body: (first as { body: string }).body,
      headers: { 'idempotent-replayed': 'true' },
    });
    expect(orders.writes).toBe(1);
  });
});

describe('a choice', () => {
  test('to accept makes the order its rest, and starts the next attempt', async () => {
    const { orders, choose, row } = desk(asked());
    expect(bodyOf(await choose())).toMatchObject({ status: 'PENDING', version: 3 });
    expect(row()).toMatchObject({ total: { amount: 2900 }, items: [{ productId: 'mug' }], attempt: 2 });
    expect(orders.events).toMatchObject([
      { starts: 2, event: { type: 'order.choice-made', actor: 'customer', data: { decision: 'ACCEPTED' } } },
    ]);
  });

  test('to cancel cancels at once, and the next attempt clears up', async () => {
    const { orders, choose, row } = desk(asked());
    expect(bodyOf(await choose({ decision: 'cancel' }))).toMatchObject({ status: 'CANCELLED' });
    expect(row()).toMatchObject({ status: 'CANCELLED', owed: true, attempt: 2 });
    expect(orders.events).toMatchObject([
      { starts: 2, event: { type: 'order.cancelled', actor: 'customer' } },
    ]);
  });

  test.each([
    ["about another's order", asked(), { customerId: 'eve' }, 'NOT_FOUND'],
    ['about an order that is not there', asked(), { orderId: 'ord_none' }, 'NOT_FOUND'],
    ['about another version', asked(), { version: 1 }, 'STALE'],
    ['about an order that asks nothing', anOrder(), {}, 'ILLEGAL_TRANSITION'],
    [
      'to cancel an order that asks nothing',
      anOrder(),
      { decision: 'cancel' as const },
      'ILLEGAL_TRANSITION',
    ],
    ['about an order in review', held(), {}, 'ILLEGAL_TRANSITION'],
  ])('%s is refused', async (_what, order, over, code) => {
    const { orders, choose } = desk(order);
    expect(await choose(over)).toMatchObject({ refused: code });
    expect(orders.writes).toBe(0);
  });

  test('that comes after the other choice is stale', async () => {
    const { choose, row } = desk(asked());
    await choose();
    expect(await choose({ decision: 'cancel', request: request('key-2') })).toMatchObject({
      refused: 'STALE',
    });
    expect(row().status).toBe('PENDING');
  });

  test('sent again is replayed', async () => {
    const { orders, choose } = desk(asked());
    const first = await choose();
    expect(await choose()).toMatchObject({ body: (first as { body: string }).body });
    expect(orders.writes).toBe(1);
  });
});
