import type { CloudEvent } from '../../events/envelope';
import { makeEvent } from '../../events/envelope';
import { paymentChanged, paymentRefunded, paymentSettled } from '../../events/payment-events';
import { confirm } from '../../services/orders/domain/order-moves';
import type { Change } from '../../services/orders/ports/orders';
import { followPayment, type PaymentEvent } from '../../services/orders/use-cases/follow-payment';
import { anOrder, claimed, clock, NOW, run } from './support/an-order';
import { MemoryOrders } from './support/memory-orders';

const facts = { subject: anOrder().id, at: NOW, correlationId: 'cor_1', actor: 'system' as const };
const amount = { amount: 1450, currency: 'EUR' };

const settled = () =>
  makeEvent(paymentSettled, { ...facts, data: { version: 0, paymentStatus: 'REQUIRES_ACTION' } });
const refunded = (version: number, paymentStatus: string) =>
  makeEvent(paymentRefunded, {
    ...facts,
    data: { version, paymentStatus, refundId: `rfd_${version}`, amount },
  });
const changed = (version: number, paymentStatus: string, because: string) =>
  makeEvent(paymentChanged, { ...facts, data: { version, paymentStatus, because } });

/** Orders that remember the events they followed, as the table does in the same transaction. */
class FollowedOrders extends MemoryOrders {
  private readonly consumed = new Set<string>();
  async follow(change: Change, eventId: string): Promise<'SAVED' | 'STALE' | 'DONE'> {
    if (this.consumed.has(eventId)) return 'DONE';
    if (!(await this.save(change)).saved) return 'STALE';
    this.consumed.add(eventId);
    return 'SAVED';
  }
}

function following(...[order]: Parameters<typeof anOrder>) {
  const orders = new FollowedOrders(anOrder(order));
  const follow = (event: CloudEvent) => followPayment({ orders, clock }, event as PaymentEvent);
  return { orders, follow, row: () => orders.row(anOrder().id) };
}

const confirmed = { status: 'CONFIRMED', paymentStatus: 'CAPTURED', owed: false } as const;

describe('an action that was settled', () => {
  test.each([
    [{ status: 'AWAITING_PAYMENT', paymentStatus: 'REQUIRES_ACTION' }],
    [{ status: 'PENDING', paymentStatus: 'UNKNOWN' }],
  ] as const)('raises the attempt of an order that waits: %j', async (order) => {
    const { follow, row, orders } = following({ ...order, runBy: 'earlier' });
    expect(await follow(settled())).toBe('FOLLOWED');
    expect(row()).toMatchObject({ attempt: 2, runBy: undefined });
    expect(orders.events).toMatchObject([{ starts: 2, event: { data: { because: 'PAYMENT_SETTLED' } } }]);
  });

  test.each([[confirmed], [{ status: 'REJECTED', owed: false }], [{ status: 'PENDING' }]] as const)(
    'is nothing to an order that does not wait: %j',
    async (order) => {
      const { follow, row } = following(order);
      expect(await follow(settled())).toBe('NOTHING_TO_DO');
      expect(row().attempt).toBe(1);
    },
  );

  test('comes again while an attempt is at work that may be about to park the order', async () => {
    const { follow } = following({ runBy: 'at-work' });
    await expect(follow(settled())).rejects.toThrow('at work');
  });

  test('delivered twice raises it once', async () => {
    const { follow, row } = following({ status: 'AWAITING_PAYMENT', paymentStatus: 'REQUIRES_ACTION' });
    const event = settled();
    await follow(event);
    expect(await follow(event)).toBe('FOLLOWED_BEFORE');
    expect(row().attempt).toBe(2);
  });
});

describe('money that moved outside the saga', () => {
  test('is on the order, and in its history with who holds it now', async () => {
    const { follow, row, orders } = following(confirmed);
    await follow(refunded(2, 'PARTIALLY_REFUNDED'));
    expect(row()).toMatchObject({ paymentStatus: 'PARTIALLY_REFUNDED', status: 'CONFIRMED', version: 2 });
    expect(orders.events[0]?.event).toMatchObject({
      type: 'order.refunded',
      data: {
        refundId: 'rfd_2',
        amount,
        paymentStatus: 'PARTIALLY_REFUNDED',
        fulfilmentStatus: 'UNFULFILLED',
      },
    });
  });

  test('in the wrong order ends the same, and nothing is left out of the history', async () => {
    const { follow, row, orders } = following(confirmed);
    await follow(refunded(4, 'REFUNDED'));
    await follow(refunded(2, 'PARTIALLY_REFUNDED'));
    expect(row().paymentStatus).toBe('REFUNDED');
    expect(orders.eventTypes()).toEqual(['order.refunded', 'order.refunded']);
  });

  test('a dispute opens and is won', async () => {
    const { follow, row } = following(confirmed);
    await follow(changed(1, 'DISPUTED', 'DISPUTE_OPENED'));
    expect(row().paymentStatus).toBe('DISPUTED');
    await follow(changed(2, 'CAPTURED', 'DISPUTE_WON'));
    expect(row().paymentStatus).toBe('CAPTURED');
  });

  test('a dispute that comes before the confirmation stays', async () => {
    const { follow, row } = following(claimed());
    await follow(changed(1, 'DISPUTED', 'DISPUTE_OPENED'));
    expect(confirm(row(), run(), 'CAPTURED', 'now')).toMatchObject({
      order: { status: 'CONFIRMED', paymentStatus: 'DISPUTED' },
    });
  });

  test('what the saga has ended since is not undone by late news', async () => {
    const { follow, row } = following({ status: 'CANCELLED', paymentStatus: 'REFUNDED', owed: false });
    await follow(refunded(2, 'PARTIALLY_REFUNDED'));
    expect(row().paymentStatus).toBe('REFUNDED');
  });

  describe('when an authorisation is lost', () => {
    const lost = (version = 1) => changed(version, 'VOIDED', 'AUTHORIZATION_LOST');
    const IN_THREE_DAYS = '2030-01-04T12:00:00.000Z';

    test('a confirmed order waits as AWAITING_PAYMENT for three days, run by nobody, and its customer is told', async () => {
      const { follow, row, orders } = following({
        ...confirmed,
        paymentStatus: 'AUTHORIZED',
        runBy: run().key,
      });
      await follow(lost());
      expect(row()).toMatchObject({
        status: 'AWAITING_PAYMENT',
        paymentStatus: 'VOIDED',
        owed: true,
        decideBy: IN_THREE_DAYS,
        runBy: undefined,
        attempt: 2,
      });
      expect(orders.events).toMatchObject([
        { event: { data: { because: 'AUTHORIZATION_LOST', decideBy: IN_THREE_DAYS } } },
      ]);
      expect(orders.events[0]?.starts).toBeUndefined();
    });

    test('a late execution of the attempt that confirmed it does not confirm it again', async () => {
      const { follow, row, orders } = following({ ...confirmed, runBy: run().key });
      await follow(lost());
      expect(confirm(row(), run(), 'AUTHORIZED', 'now')).toEqual({ outcome: 'SUPERSEDED' });
      expect(await orders.claim(row().id, run(), NOW)).toBeUndefined();
    });

    test('a second loss of the same order changes nothing, and tells its customer nothing', async () => {
      const { follow, row, orders } = following({ ...confirmed, paymentStatus: 'AUTHORIZED' });
      await follow(changed(1, 'AUTHORIZED', 'AUTHORIZATION_LOST'));
      await follow(lost(2));
      expect(row()).toMatchObject({ status: 'AWAITING_PAYMENT', paymentStatus: 'VOIDED' });
      expect(orders.events.map(({ event }) => event.data)).toMatchObject([
        { because: 'AUTHORIZATION_LOST' },
        { because: 'AUTHORIZATION_ENDED' },
      ]);
    });

    test.each(['SHIPPED', 'DELIVERED', 'CANCELLED', 'PENDING'] as const)(
      'an order that is %s waits for nothing, and its customer is told nothing',
      async (status) => {
        const { follow, row, orders } = following({ ...confirmed, status });
        await follow(lost());
        expect(row()).toMatchObject({ status, owed: false });
        expect(orders.events).toMatchObject([{ event: { data: { because: 'AUTHORIZATION_ENDED' } } }]);
      },
    );
  });

  test.each([
    ['DELIVERED', 'CAPTURED'],
    ['CANCELLED', 'REFUNDED'],
  ] as const)(
    'a refund that fails afterwards, of an order that is %s, leaves it %s',
    async (status, then) => {
      const { follow, row } = following({
        ...confirmed,
        status,
        paymentStatus: 'REFUNDED',
        paymentVersion: 2,
      });
      await follow(changed(3, 'CAPTURED', 'REFUND_FAILED'));
      expect(row().paymentStatus).toBe(then);
    },
  );

  test('of an order that is not there comes again, and is kept in the end', async () => {
    const { follow } = following(confirmed);
    await expect(follow({ ...settled(), subject: 'ord_none' })).rejects.toThrow('no order');
  });

  test('when another writer comes first, it is looked at anew', async () => {
    const { follow, row, orders } = following(confirmed);
    orders.meanwhile = () => follow(refunded(1, 'PARTIALLY_REFUNDED'));
    await follow(refunded(2, 'REFUNDED'));
    expect(row()).toMatchObject({ paymentStatus: 'REFUNDED', version: 3 });
  });
});
