import fc from 'fast-check';
import type { CloudEvent } from '../../events/envelope';
import { makeEvent } from '../../events/envelope';
import { type Notice, paymentNotified } from '../../events/payment-events';
import { paymentStatusOf } from '../../services/payments/domain/payment';
import { followNotice } from '../../services/payments/use-cases/follow-notice';
import { sendRefund } from '../../services/payments/use-cases/send-refund';
import { takeRefund } from '../../services/payments/use-cases/take-refund';
import { chargeId } from '../../services/sandbox/domain/entry';
import { desk, ORDER, PRICE } from './support/desk';
import { MemoryBookings } from './support/memory-bookings';

const CHARGE = chargeId(`pay#${ORDER}`);
const eur = (amount: number) => ({ amount, currency: 'EUR' });

async function told({ token = 'tok_visa', pay = true } = {}) {
  const bench = desk();
  const bookings = new MemoryBookings(bench.payments);
  const kept = new Map<string, CloudEvent>();
  const ports = {
    bookings,
    gateway: bench.gateway,
    clock: () => bench.time.now,
    outbox: {
      keep: async (event: CloudEvent) => {
        if (kept.has(event.id)) return false;
        kept.set(event.id, event);
        return true;
      },
    },
  };
  if (pay) await bench.pay(token);
  let count = 0;
  const notice = (data: Notice, subject = CHARGE) =>
    makeEvent(paymentNotified, {
      id: `notice#${count++}`,
      subject,
      at: bench.time.now,
      correlationId: 'cor_1',
      actor: 'system',
      data: { reference: ORDER, ...data },
    });
  const hear = (data: Notice, subject?: string) => followNotice(ports, notice(data, subject));
  const dispute = (kind: Notice['kind'], amount = PRICE.amount, entryId = 'dsp_1') =>
    hear({ kind, entryId, amount: eur(amount) });
  return { ...bench, bookings, ports, kept, notice, hear, dispute };
}

describe('an action that the customer took', () => {
  test('is told to the order, once', async () => {
    const { notice, ports, kept } = await told({ token: 'tok_requires_action' });
    const event = notice({ kind: 'CHARGE_SETTLED' });
    expect(await followNotice(ports, event)).toBe('TOLD');
    expect(await followNotice(ports, event)).toBe('NOTHING_TO_DO');
    expect([...kept.values()]).toMatchObject([{ type: 'payment.settled', subject: ORDER }]);
  });

  test('is no news of a payment at rest, and not ours when it names another charge or order', async () => {
    const { hear } = await told();
    expect(await hear({ kind: 'CHARGE_SETTLED' })).toBe('NOTHING_TO_DO');
    expect(await hear({ kind: 'CHARGE_SETTLED' }, 'chg_other')).toBe('NOT_OURS');
    expect(await hear({ kind: 'CHARGE_SETTLED', reference: 'ord_other' })).toBe('NOT_OURS');
  });
});

describe('a dispute', () => {
  test('makes the payment DISPUTED and nothing of it refundable; won, all is as before', async () => {
    const { dispute, row, bookings } = await told();
    expect(await dispute('DISPUTE_OPENED')).toBe('BOOKED');
    expect(row()).toMatchObject({ refundable: 0, disputed: PRICE.amount });
    expect(paymentStatusOf(row() as never)).toBe('DISPUTED');
    await dispute('DISPUTE_WON');
    expect(row()).toMatchObject({ refundable: PRICE.amount, disputed: 0, chargedBack: 0 });
    expect(bookings.events.map(({ data }) => data)).toMatchObject([
      { because: 'DISPUTE_OPENED', paymentStatus: 'DISPUTED' },
      { because: 'DISPUTE_WON', paymentStatus: 'CAPTURED' },
    ]);
  });

  test('that is lost is charged back', async () => {
    const { dispute, row } = await told();
    await dispute('DISPUTE_OPENED');
    await dispute('DISPUTE_LOST');
    expect(row()).toMatchObject({ refundable: 0, disputed: 0, chargedBack: PRICE.amount });
    expect(paymentStatusOf(row() as never)).toBe('DISPUTED');
  });

  test.each([['DISPUTE_LOST'], ['DISPUTE_WON']] as const)(
    'whose end %s comes first ends the same',
    async (end) => {
      const [one, other] = [await told(), await told()];
      await one.dispute('DISPUTE_OPENED');
      await one.dispute(end);
      await other.dispute(end);
      expect(await other.dispute('DISPUTE_OPENED')).toBe('NOTHING_TO_DO');
      const money = ({ refundable, disputed, chargedBack }: NonNullable<ReturnType<typeof one.row>>) => ({
        refundable,
        disputed,
        chargedBack,
      });
      expect(money(other.row() as never)).toEqual(money(one.row() as never));
    },
  );

  test('before our own charge is booked comes again', async () => {
    const { dispute } = await told({ token: 'tok_requires_action' });
    await expect(dispute('DISPUTE_OPENED')).rejects.toThrow('REQUIRES_ACTION');
  });

  test('of a part that was refunded before takes what is left', async () => {
    const { dispute, row, ports } = await told();
    const refund = { orderId: ORDER, refundId: 'rfd_1', correlationId: 'cor_1' };
    await takeRefund(ports, { ...refund, amount: eur(1000), actor: 'staff' });
    await sendRefund(ports, refund);
    await dispute('DISPUTE_OPENED');
    expect(row()).toMatchObject({ refundable: 0, disputed: PRICE.amount, refunded: 1000 });
    await dispute('DISPUTE_WON');
    expect(row()).toMatchObject({ refundable: PRICE.amount - 1000, disputed: 0 });
  });
});

describe('a refund made at the provider', () => {
  const made = (amount: number, key?: string, entryId = 're_1'): Notice => ({
    kind: 'REFUND_MADE',
    entryId,
    amount: eur(amount),
    key,
  });

  test('has a row like any other, and is told of', async () => {
    const { hear, row, bookings } = await told();
    expect(await hear(made(1000, 'by-hand'))).toBe('BOOKED');
    expect(await hear(made(1000, 'by-hand'))).toBe('NOTHING_TO_DO');
    expect(row()).toMatchObject({ refundable: PRICE.amount - 1000, refunded: 1000 });
    expect(await bookings.refunds(ORDER)).toMatchObject([{ id: 'provider-re_1', status: 'SUCCEEDED' }]);
    expect(bookings.events).toMatchObject([{ type: 'payment.refunded' }]);
  });

  test('under a key of ours is settled by whoever sent it', async () => {
    const { hear, row } = await told();
    expect(await hear(made(1000, 'refund#rfd_1'))).toBe('NOTHING_TO_DO');
    expect(row()?.refundable).toBe(PRICE.amount);
  });

  test('of more than our books have left is not booked, and stays to be looked at', async () => {
    const { hear } = await told();
    await expect(hear(made(PRICE.amount + 1, 'by-hand'))).rejects.toThrow('are left');
  });
});

describe('a refund that fails after it was sent', () => {
  const failed = (amount: number, key?: string, entryId = 're_1'): Notice => ({
    kind: 'REFUND_FAILED',
    entryId,
    amount: eur(amount),
    key,
  });
  const byStaff = { orderId: ORDER, refundId: 'rfd_1', correlationId: 'cor_1' };
  const refunded = async () => {
    const bench = await told();
    await takeRefund(bench.ports, { ...byStaff, amount: eur(1000), actor: 'staff', reason: 'chipped' });
    return { ...bench, send: () => sendRefund(bench.ports, byStaff) };
  };

  test('is ours again, once, and told of', async () => {
    const { hear, row, bookings, send } = await refunded();
    await send();
    expect(await hear(failed(1000, 'refund#rfd_1'))).toBe('BOOKED');
    expect(await hear(failed(1000, 'refund#rfd_1'))).toBe('NOTHING_TO_DO');
    expect(row()).toMatchObject({ refundable: PRICE.amount, refunded: 0 });
    expect(await bookings.refund(ORDER, 'rfd_1')).toMatchObject({ status: 'FAILED' });
    expect(bookings.events.at(-1)).toMatchObject({
      type: 'payment.changed',
      data: { because: 'REFUND_FAILED', paymentStatus: 'CAPTURED' },
    });
    expect(await send()).toEqual({ outcome: 'FAILED' });
  });

  test('comes again while the refund is not settled yet', async () => {
    const { hear, row } = await refunded();
    await expect(hear(failed(1000, 'refund#rfd_1'))).rejects.toThrow('PENDING');
    expect(row()).toMatchObject({ refundable: PRICE.amount - 1000 });
  });

  test('and was made by hand ends the same, whichever is told first', async () => {
    const made: Notice = { kind: 'REFUND_MADE', entryId: 're_1', amount: eur(1000), key: 'by-hand' };
    for (const all of [
      [made, failed(1000, 'by-hand')],
      [failed(1000, 'by-hand'), made],
    ]) {
      const { hear, row, bookings } = await told();
      for (const one of all) await hear(one);
      expect(row()).toMatchObject({ refundable: PRICE.amount, refunded: 0 });
      expect(await bookings.refunds(ORDER)).toMatchObject([{ id: 'provider-re_1', status: 'FAILED' }]);
    }
  });

  test('under a key of ours that was never taken is none of ours', async () => {
    const { hear, row } = await told();
    expect(await hear(failed(1000, 'refund#rfd_none'))).toBe('NOTHING_TO_DO');
    expect(row()).toMatchObject({ refundable: PRICE.amount, refunded: 0 });
  });
});

test('whatever is told in whatever order and however often, the counters add up to what was captured', async () => {
  const kinds = ['DISPUTE_OPENED', 'DISPUTE_WON', 'DISPUTE_LOST', 'REFUND_MADE', 'REFUND_FAILED'] as const;
  const notice = fc.record({
    kind: fc.constantFrom(...kinds),
    entryId: fc.constantFrom('a', 'b'),
    amount: fc.constantFrom(1000, 2000),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(notice, { maxLength: 12 }), async (all) => {
      const { hear, row, bookings } = await told();
      for (const { kind, entryId, amount } of all) {
        await hear({ kind, entryId, amount: eur(kind.startsWith('REFUND') ? amount : 2000) }).catch(
          () => undefined,
        );
      }
      const payment = row();
      const entries = [...bookings.entries];
      const held = entries
        .filter(([key]) => key.includes('/dispute#'))
        .reduce((sum, [, facts]) => sum + Number(facts.held), 0);
      expect(payment?.refundable).toBeGreaterThanOrEqual(0);
      expect((payment?.refundable ?? 0) + (payment?.refunded ?? 0) + held).toBe(PRICE.amount);
    }),
    { numRuns: 500 },
  );
});
