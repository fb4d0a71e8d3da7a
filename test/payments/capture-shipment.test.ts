import fc from 'fast-check';
import type { CloudEvent } from '../../events/envelope';
import type { Payment } from '../../services/payments/domain/payment';
import { captureShipment } from '../../services/payments/use-cases/capture-shipment';
import { renewAuthorizations } from '../../services/payments/use-cases/renew-authorizations';
import { sendRefund } from '../../services/payments/use-cases/send-refund';
import { takeRefund } from '../../services/payments/use-cases/take-refund';
import { HOUR } from '../../shared/kernel/time';
import { desk, ORDER, PRICE } from './support/desk';
import type { Fate } from './support/fake-provider';
import { MemoryBookings } from './support/memory-bookings';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const DAYS = 24;

async function authorized({ token = 'tok_visa' } = {}) {
  const bench = desk('shipment');
  const bookings = new MemoryBookings(bench.payments);
  const told: CloudEvent[] = bookings.events;
  const authorizations = {
    // As the index has them: what was given up stays in it until the provider has acknowledged that.
    endingBefore: async (time: string) =>
      [...bench.payments.rows.values()]
        .filter(({ state }) => state === 'AUTHORIZED' || state === 'ABANDONING')
        .filter(({ authorizedUntil }) => (authorizedUntil ?? time) < time)
        .map(({ orderId }) => orderId),
    extend: async (payment: { orderId: string }, authorizedUntil: string) => {
      const row = bench.payments.rows.get(payment.orderId);
      if (row) bench.payments.rows.set(payment.orderId, { ...row, authorizedUntil });
    },
    end: async (payment: Payment, to: 'CAPTURED' | 'VOIDED', event: CloudEvent) => {
      const row = bench.payments.rows.get(payment.orderId);
      const same = row?.version === payment.version && row.attempt === payment.attempt;
      if (!row || !same || row.state !== payment.state) return false;
      bench.payments.rows.set(payment.orderId, { ...row, state: to, version: row.version + 1 });
      told.push(event);
      return true;
    },
  };
  const ports = { ...bench, bookings, authorizations, clock: () => bench.time.now };
  const paid = await bench.pay(token);
  const ship = (shipmentId: string, amount: number) =>
    captureShipment(ports, { orderId: ORDER, shipmentId, amount: eur(amount), correlationId: 'cor_1' });
  const renew = (hoursLeft = DAYS) => renewAuthorizations(ports, { hoursLeft, atMost: 10 }, 'cor_1');
  return { ...bench, bookings, told, ports, paid, ship, renew };
}

describe('captureOn: shipment', () => {
  test('an order only authorizes, for a week', async () => {
    const { paid, gateway, row } = await authorized();
    expect(paid).toMatchObject({ outcome: 'AUTHORIZED', paymentStatus: 'AUTHORIZED' });
    expect(gateway.net()).toBe(0);
    expect(row()).toMatchObject({
      captureOn: 'shipment',
      authorizedUntil: '2026-11-28T12:00:00.000Z',
      captured: 0,
    });
  });

  test('each parcel captures its part, the last one all that is left', async () => {
    const { ship, gateway, row, told } = await authorized();
    expect(await ship('shp_1', 1000)).toBe('CAPTURED');
    expect(gateway.net()).toBe(1000);
    expect(row()).toMatchObject({ state: 'AUTHORIZED', captured: 1000, refundable: 1000 });
    expect(await ship('shp_2', PRICE.amount - 1000)).toBe('CAPTURED');
    expect(gateway.net()).toBe(PRICE.amount);
    expect(row()).toMatchObject({ state: 'CAPTURED', captured: PRICE.amount, refundable: PRICE.amount });
    expect(told.map(({ data }) => data)).toMatchObject([
      { because: 'CAPTURED', paymentStatus: 'AUTHORIZED' },
      { because: 'CAPTURED', paymentStatus: 'CAPTURED' },
    ]);
  });

  test('a parcel told of twice is captured once', async () => {
    const { ship, gateway } = await authorized();
    await Promise.all([ship('shp_1', 1000), ship('shp_1', 1000)]);
    expect(await ship('shp_1', 1000)).toBe('CAPTURED_BEFORE');
    expect(gateway.net()).toBe(1000);
  });

  test('the last parcel told of first leaves what the one before it costs, however late that is captured', async () => {
    const { ship, gateway, row } = await authorized();
    expect(await ship('shp_2', PRICE.amount - 1000)).toBe('CAPTURED');
    expect(row()).toMatchObject({ state: 'AUTHORIZED', captured: PRICE.amount - 1000 });
    expect(await ship('shp_1', 1000)).toBe('CAPTURED');
    expect(row()).toMatchObject({ state: 'CAPTURED', captured: PRICE.amount });
    expect(gateway.net()).toBe(PRICE.amount);
  });

  test('two parcels at once end the authorisation between them', async () => {
    const { ship, gateway, row } = await authorized();
    await Promise.all([ship('shp_1', 1000), ship('shp_2', PRICE.amount - 1000)]);
    expect(row()).toMatchObject({ state: 'CAPTURED', captured: PRICE.amount });
    expect(gateway.net()).toBe(PRICE.amount);
  });

  test('a parcel whose authorisation is lost by then is told of as unpaid, whenever it is looked at', async () => {
    const { ship, renew, gateway } = await authorized();
    gateway.act(ORDER, 'expire');
    await renew(24 * 8);
    expect(await ship('shp_1', 1000)).toBe('UNPAID');
    expect(await ship('shp_1', 1000)).toBe('UNPAID');
    expect(gateway.net()).toBe(0);
  });

  test('a parcel whose capture was made, and its answer lost, is booked also when the rest is lost by then', async () => {
    const { ship, renew, gateway, row } = await authorized();
    await ship('shp_1', 1000);
    gateway.fates.capture = 'lost';
    await expect(ship('shp_2', 500)).rejects.toThrow();
    gateway.fates = {};
    gateway.act(ORDER, 'expire');
    await renew(24 * 8);
    expect(row()).toMatchObject({ state: 'CAPTURED', captured: 1000 });
    expect(await ship('shp_2', 500)).toBe('CAPTURED');
    expect(row()).toMatchObject({ state: 'CAPTURED', captured: 1500, refundable: 1500 });
    expect(await ship('shp_3', 500)).toBe('REFUSED');
    expect(gateway.net()).toBe(1500);
  });

  test('a parcel that is captured while its authorisation is given up is told of as unpaid', async () => {
    const { ship, gateway, row, renew } = await authorized();
    const { capture } = gateway;
    gateway.capture = async (...given) => {
      const end = await capture.apply(gateway, given);
      gateway.renew = async () => 'REFUSED';
      await renew(24 * 8);
      return end;
    };
    expect(await ship('shp_1', 1000)).toBe('UNPAID');
    expect(row()?.state).toBe('VOIDED');
    expect(gateway.net()).toBe(0);
  });

  test('a parcel of more than is left is none of this order', async () => {
    const { ship } = await authorized();
    await expect(ship('shp_1', PRICE.amount + 1)).rejects.toThrow('can be captured');
  });

  test('a cancellation voids', async () => {
    const { undo, gateway } = await authorized();
    expect(await undo(2)).toMatchObject({ outcome: 'VOIDED', paymentStatus: 'VOIDED' });
    expect([...gateway.entries.values()][0]?.charge?.status).toBe('voided');
  });

  test('an action of the customer authorizes too', async () => {
    const { gateway, pay, row } = await authorized({ token: 'tok_requires_action' });
    gateway.act(ORDER, 'succeed');
    expect(await pay('tok_requires_action', 2)).toMatchObject({ outcome: 'AUTHORIZED' });
    expect(row()?.authorizedUntil).toBeDefined();
    expect(gateway.net()).toBe(0);
  });

  test('in the other mode a parcel captures nothing', async () => {
    const bench = desk();
    await bench.pay();
    const ports = { ...bench, bookings: new MemoryBookings(bench.payments), clock: () => bench.time.now };
    const parcel = { orderId: ORDER, shipmentId: 's', amount: eur(1) };
    expect(await captureShipment(ports, { ...parcel, correlationId: 'c' })).toBe('NOTHING_TO_DO');
  });
});

describe('an authorisation with less than a day left', () => {
  test('is renewed; one with more is left alone', async () => {
    const { renew, time, row } = await authorized();
    expect(await renew()).toMatchObject({ renewed: 0 });
    time.now += 6.5 * 24 * HOUR;
    expect(await renew()).toMatchObject({ renewed: 1, lost: 0 });
    expect(row()).toMatchObject({ state: 'AUTHORIZED' });
  });

  test('that the provider will not renew is given up and told of', async () => {
    const { renew, gateway, row, told } = await authorized();
    gateway.act(ORDER, 'expire');
    expect(await renew(24 * 8)).toMatchObject({ lost: 1 });
    expect(row()?.state).toBe('VOIDED');
    expect(told.at(-1)).toMatchObject({
      type: 'payment.changed',
      data: { because: 'AUTHORIZATION_LOST', paymentStatus: 'VOIDED' },
    });
    expect(gateway.net()).toBe(0);
  });

  test('keeps what was captured when the rest is lost', async () => {
    const { ship, renew, gateway, row } = await authorized();
    await ship('shp_1', 1000);
    gateway.act(ORDER, 'expire');
    expect(await renew(24 * 8)).toMatchObject({ lost: 1 });
    expect(row()).toMatchObject({ state: 'CAPTURED', captured: 1000 });
    expect(gateway.net()).toBe(1000);
  });

  test('whose giving up was interrupted is given up by the next run, and told of once', async () => {
    const { renew, gateway, row, told } = await authorized();
    gateway.act(ORDER, 'expire');
    gateway.fates.abandon = 'down';
    expect(await renew(24 * 8)).toMatchObject({ lost: 0, faults: [expect.any(Error)] });
    expect(row()?.state).toBe('ABANDONING');
    expect(told).toEqual([]);
    gateway.fates = {};
    expect(await renew(24 * 8)).toMatchObject({ lost: 1, faults: [] });
    expect(row()?.state).toBe('VOIDED');
    expect(await renew(24 * 8)).toMatchObject({ lost: 0, faults: [] });
    expect(told.map(({ data }) => data)).toMatchObject([{ because: 'AUTHORIZATION_LOST' }]);
  });

  test('that a cancellation is giving up is left to the cancellation', async () => {
    const { renew, undo, gateway, row, told } = await authorized();
    gateway.fates.abandon = 'down';
    expect(await undo(2)).toMatchObject({ outcome: 'UNKNOWN' });
    gateway.fates = {};
    expect(await renew(24 * 8)).toMatchObject({ lost: 0, faults: [] });
    expect(row()?.state).toBe('ABANDONING');
    expect(told).toEqual([]);
    expect(await undo(3)).toMatchObject({ outcome: 'VOIDED' });
  });

  test('is asked about again when the provider is down', async () => {
    const { renew, gateway, row } = await authorized();
    gateway.fates.renew = 'down';
    expect((await renew(24 * 8)).faults).toHaveLength(1);
    expect(row()?.state).toBe('AUTHORIZED');
  });
});

test('parcels and refunds in any order, whatever the provider does, add up to what the ledger says', async () => {
  const fate = fc.constantFrom<Fate>('answered', 'lost', 'unanswered', 'down');
  const step = fc.record({ id: fc.integer({ min: 1, max: 4 }), refund: fc.boolean(), fate });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
      const { ship, ports, gateway, row, bookings } = await authorized();
      const refund = async (refundId: string) => {
        const command = { orderId: ORDER, refundId, correlationId: 'cor_1' };
        await takeRefund(ports, { ...command, amount: eur(300), actor: 'staff' });
        await sendRefund(ports, command);
      };
      const run = (one: { id: number; refund: boolean }) =>
        one.refund ? refund(`rfd_${one.id}`) : ship(`shp_${one.id}`, 1100);
      for (const one of steps) {
        gateway.fates = { capture: one.fate, refund: one.fate };
        await run(one).catch(() => undefined);
      }
      gateway.fates = {};
      for (const one of steps) await run(one);
      const { captured = 0, refunded = 0, refundable = 0 } = row() ?? {};
      expect(gateway.net()).toBe(captured - refunded);
      expect(refundable).toBe(captured - refunded);
      expect((await bookings.refunds(ORDER)).every(({ status }) => status === 'SUCCEEDED')).toBe(true);
    }),
    { numRuns: 300 },
  );
});
