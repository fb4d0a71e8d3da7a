import fc from 'fast-check';
import { requestRefund } from '../../services/payments/use-cases/request-refund';
import { sendRefund } from '../../services/payments/use-cases/send-refund';
import { isRefusal } from '../../shared/kernel/refusal';
import { desk, ORDER, PRICE } from './support/desk';
import type { Fate } from './support/fake-provider';
import { MemoryBookings } from './support/memory-bookings';

/** The desk with the back office beside it. */
async function office() {
  const bench = desk();
  const bookings = new MemoryBookings(bench.payments);
  const ports = { bookings, gateway: bench.gateway, clock: () => bench.time.now };
  let keys = 0;
  const orders = { version: 4 };
  const ask = (
    amount: number,
    {
      currency = 'EUR',
      key = `key-${keys++}`,
      orderId = ORDER,
      ifMatch,
    }: { currency?: string; key?: string; orderId?: string; ifMatch?: number } = {},
  ) =>
    requestRefund(
      {
        ...ports,
        orders: { versionOf: async () => orders.version },
        replies: { find: async ({ recordKey }) => bookings.replies.get(recordKey) },
        answer: ({ id, status }) => ({ status: 202, headers: {}, body: JSON.stringify({ id, status }) }),
      },
      {
        orderId,
        ifMatch,
        amount: { amount, currency },
        reason: 'chipped',
        actor: 'sam',
        correlationId: 'cor_1',
        request: { recordKey: key, fingerprint: 'f' },
      },
    );
  const idOf = (reply: Awaited<ReturnType<typeof ask>>) =>
    isRefusal(reply) ? reply.refused : (JSON.parse(reply.body).id as string);
  const send = (refundId: string) => sendRefund(ports, { orderId: ORDER, refundId, correlationId: 'cor_1' });
  await bench.pay();
  return { ...bench, bookings, orders, ask, idOf, send };
}

describe('a refund by staff', () => {
  test('is taken before it is sent, then settled, and told of', async () => {
    const { ask, idOf, send, row, gateway, bookings } = await office();
    const id = idOf(await ask(1000));
    expect(row()).toMatchObject({ refundable: PRICE.amount - 1000, refunded: 0 });
    expect(gateway.net()).toBe(PRICE.amount);
    expect(await send(id)).toEqual({ outcome: 'SUCCEEDED' });
    expect(row()).toMatchObject({ refundable: PRICE.amount - 1000, refunded: 1000 });
    expect(gateway.net()).toBe(PRICE.amount - 1000);
    expect(bookings.events).toMatchObject([
      { type: 'payment.refund-requested', subject: ORDER, data: { refundId: id, paymentStatus: 'CAPTURED' } },
      { type: 'payment.refunded', data: { version: 2, paymentStatus: 'PARTIALLY_REFUNDED' } },
    ]);
  });

  test('in whole makes the payment REFUNDED', async () => {
    const { ask, idOf, send, bookings } = await office();
    await send(idOf(await ask(PRICE.amount)));
    expect(bookings.events.at(-1)).toMatchObject({ data: { paymentStatus: 'REFUNDED' } });
  });

  test.each([
    ['more than is left', PRICE.amount + 1, {}, 'REFUND_EXCEEDS_CAPTURE'],
    ['another currency', 1000, { currency: 'USD' }, 'VALIDATION_FAILED'],
    ['an order that never was', 1000, { orderId: 'ord_none' }, 'NOT_FOUND'],
  ])('%s is refused, and nothing is taken', async (_what, amount, more, code) => {
    const { ask, row } = await office();
    expect(await ask(amount, more)).toMatchObject({ refused: code });
    expect(row()?.refundable).toBe(PRICE.amount);
  });

  test('the same request again gets the same answer, also when nothing is left by then', async () => {
    const { ask, row } = await office();
    const first = await ask(PRICE.amount, { key: 'same' });
    expect(await ask(PRICE.amount, { key: 'same' })).toEqual(first);
    expect(row()?.refundable).toBe(0);
  });

  test('of an order as staff saw it is taken; of one that changed since it is refused, and nothing is taken', async () => {
    const { ask, row } = await office();
    expect(await ask(1000, { ifMatch: 3 })).toMatchObject({ refused: 'STALE' });
    expect(row()?.refundable).toBe(PRICE.amount);
    expect(await ask(1000, { ifMatch: 4 })).toMatchObject({ status: 202 });
  });

  test('gets the same answer again also when its order has changed by then, as its own refund does', async () => {
    const { ask, orders, row } = await office();
    const first = await ask(1000, { key: 'same', ifMatch: 4 });
    orders.version = 6;
    expect(await ask(1000, { key: 'same', ifMatch: 4 })).toEqual(first);
    expect(row()?.refundable).toBe(PRICE.amount - 1000);
  });

  test('of an order that orders does not know is refused', async () => {
    const { ask, orders } = await office();
    orders.version = undefined as never;
    expect(await ask(1000, { ifMatch: 1 })).toMatchObject({ refused: 'NOT_FOUND' });
  });

  test('that the provider refuses gives the amount back, and is told of', async () => {
    const { ask, idOf, send, row, gateway, bookings } = await office();
    const id = idOf(await ask(1000));
    gateway.refusesRefunds = true;
    expect(await send(id)).toEqual({ outcome: 'FAILED' });
    expect(row()).toMatchObject({ refundable: PRICE.amount, refunded: 0 });
    expect(bookings.events.at(-1)).toMatchObject({ data: { because: 'REFUND_FAILED' } });
    gateway.refusesRefunds = false;
    expect(await send(id)).toEqual({ outcome: 'FAILED' });
    expect(gateway.net()).toBe(PRICE.amount);
  });

  test.each<Fate>(['lost', 'unanswered', 'down'])(
    '%s at the provider is asked again and made once',
    async (fate) => {
      const { ask, idOf, send, gateway, row } = await office();
      const id = idOf(await ask(1000));
      gateway.fates.refund = fate;
      await expect(send(id)).rejects.toThrow();
      expect(row()).toMatchObject({ refunded: 0 });
      gateway.fates = {};
      expect(await send(id)).toEqual({ outcome: 'SUCCEEDED' });
      expect(gateway.net()).toBe(PRICE.amount - 1000);
    },
  );

  test('does not make a payment worthless to its order, as one by the saga does', async () => {
    const { ask, idOf, send, pay } = await office();
    await send(idOf(await ask(1000)));
    expect(await pay('tok_visa', 2)).toMatchObject({
      outcome: 'CAPTURED',
      paymentStatus: 'PARTIALLY_REFUNDED',
    });
  });

  test('a cancellation afterwards gives back the rest', async () => {
    const { ask, idOf, send, undo, gateway } = await office();
    await send(idOf(await ask(1000)));
    expect(await undo(2)).toMatchObject({ outcome: 'REFUNDED', paymentStatus: 'REFUNDED' });
    expect(gateway.net()).toBe(0);
  });
});

test('whatever is asked at once and however the provider behaves, money adds up', async () => {
  const amount = fc.integer({ min: 1, max: PRICE.amount });
  const fates = fc.array(fc.constantFrom<Fate>('answered', 'lost', 'unanswered', 'down'), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(amount, { maxLength: 6 }),
      fates,
      async (scheduler, amounts, all) => {
        const { ask, send, bookings, gateway, row } = await office();
        bookings.before = () => scheduler.schedule(Promise.resolve());
        await scheduler.waitFor(Promise.allSettled(amounts.map((one) => ask(one))));
        const ids = (await bookings.refunds(ORDER)).map(({ id }) => id);
        for (const fate of [...all, 'answered' as const]) {
          gateway.fates.refund = fate;
          await scheduler.waitFor(Promise.allSettled([...ids, ...ids].map(send)));
        }
        const refunds = await bookings.refunds(ORDER);
        const given = refunds.reduce((sum, { amount: { amount: one } }) => sum + one, 0);
        expect(row()).toMatchObject({ refunded: given, refundable: PRICE.amount - given });
        expect(refunds.every(({ status }) => status === 'SUCCEEDED')).toBe(true);
        expect(gateway.net()).toBe(PRICE.amount - given);
      },
    ),
    { numRuns: 300 },
  );
});
