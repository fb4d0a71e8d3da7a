import fc from 'fast-check';
import type { OrderStatus } from '../../services/orders/domain/order';
import { LEGAL_MOVES } from '../../services/orders/domain/order-moves';
import { cancelOrder } from '../../services/orders/use-cases/cancel-order';
import { confirmOrder } from '../../services/orders/use-cases/confirm-order';
import { parkOrder } from '../../services/orders/use-cases/park-order';
import { reconcileOrders } from '../../services/orders/use-cases/reconcile-orders';
import { rejectOrder } from '../../services/orders/use-cases/reject-order';
import { validateOrder } from '../../services/orders/use-cases/validate-order';
import { AT, anOrder, answer, clock, NOW, price, priceList, request, run } from './support/an-order';
import { MemoryOrders } from './support/memory-orders';

/** The port as it is, but each read and write waits for the schedule: any two calls may overtake each other. */
class ScheduledOrders extends MemoryOrders {
  readonly seen: { status: OrderStatus; version: number; attempt: number }[] = [];
  scheduler: fc.Scheduler | undefined;

  private async turn<T>(work: () => Promise<T>): Promise<T> {
    await this.scheduler?.schedule(Promise.resolve());
    const result = await work();
    this.look();
    return result;
  }

  look(): void {
    const { status, version, attempt } = this.row(ID);
    this.seen.push({ status, version, attempt });
  }

  override get = (id: string) => this.turn(() => super.get(id));
  override save = (...given: Parameters<MemoryOrders['save']>) => this.turn(() => super.save(...given));
  override claim = (...given: Parameters<MemoryOrders['claim']>) => this.turn(() => super.claim(...given));
}

const ID = anOrder().id;
const acts = ['validate', 'confirm', 'reject', 'park', 'awaitCustomer', 'cancel', 'nextAttempt'] as const;
type Act = { act: (typeof acts)[number]; attempt: number; execution: number };

const anAct: fc.Arbitrary<Act> = fc.record({
  act: fc.constantFrom(...acts),
  attempt: fc.integer({ min: 1, max: 3 }),
  execution: fc.integer({ min: 1, max: 2 }),
});

let keys = 0;

function perform(orders: ScheduledOrders, { act, attempt, execution }: Act): Promise<unknown> {
  const ports = { orders, replies: orders, clock, answer, prices: priceList(price('mug'), price('dripper')) };
  const end = {
    orderId: ID,
    run: run(attempt, `${attempt}-${execution}`),
    correlationId: 'cor_1',
    steps: [{ step: 'ReserveInventory', outcome: 'RESERVED', at: AT }],
  };
  keys += 1;
  const acting = {
    validate: () => validateOrder(ports, end),
    confirm: () => confirmOrder(ports, { ...end, paymentStatus: 'CAPTURED' }),
    reject: () => rejectOrder(ports, { ...end, reason: 'OUT_OF_STOCK', paymentStatus: 'VOIDED' }),
    park: () => parkOrder(ports, { ...end, paymentStatus: 'UNKNOWN' }),
    awaitCustomer: () => parkOrder(ports, { ...end, paymentStatus: 'REQUIRES_ACTION' }),
    cancel: () => cancelOrder(ports, { ...end, customerId: 'ada', request: request(`key-${keys}`) }),
    nextAttempt: () => reconcileOrders(ports, { olderThanSeconds: 0 }),
  };
  // A step that keeps losing throws, and the machine would try it again.
  return acting[act]().catch(() => undefined);
}

async function play(scheduler: fc.Scheduler, plan: Act[]): Promise<ScheduledOrders> {
  const orders = new ScheduledOrders(anOrder());
  orders.look();
  orders.scheduler = scheduler;
  const played = Promise.all(plan.map((act) => perform(orders, act)));
  await scheduler.waitFor(played);
  orders.scheduler = undefined;
  return orders;
}

const plans = fc.array(anAct, { minLength: 1, maxLength: 12 });

test('whatever overtakes whatever: versions only rise, and every change of status is a legal move', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), plans, async (scheduler, plan) => {
      const { seen } = await play(scheduler, plan);
      seen.reduce((before, after) => {
        expect(after.version).toBeGreaterThanOrEqual(before.version);
        expect(after.attempt).toBeGreaterThanOrEqual(before.attempt);
        if (after.status !== before.status) {
          expect(LEGAL_MOVES[before.status]).toContain(after.status);
          expect(after.version).toBeGreaterThan(before.version);
        }
        return after;
      });
    }),
    { numRuns: 300 },
  );
});

test('every write has its one event, under the version that it made', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), plans, async (scheduler, plan) => {
      const { events } = await play(scheduler, plan);
      const versions = events.map(({ version }) => version);
      expect(new Set(versions).size).toBe(versions.length);
      expect([...versions].sort((a, b) => a - b)).toEqual(versions);
    }),
    { numRuns: 200 },
  );
});

test('a cancellation that races the end of an attempt has exactly one winner', async () => {
  const race = fc.shuffledSubarray<Act>(
    [
      { act: 'confirm', attempt: 1, execution: 1 },
      { act: 'confirm', attempt: 1, execution: 1 },
      { act: 'cancel', attempt: 1, execution: 1 },
      { act: 'cancel', attempt: 1, execution: 1 },
    ],
    { minLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), race, async (scheduler, plan) => {
      const orders = new ScheduledOrders(anOrder({ runBy: run(1, '1-1').key }));
      orders.scheduler = scheduler;
      await scheduler.waitFor(Promise.all(plan.map((act) => perform(orders, act))));
      const types = orders.eventTypes();
      // Before the confirmation it is a wish that stops it; after it, a cancellation that a new attempt carries out.
      expect([['order.confirmed', 'order.cancelled'], ['order.cancel-requested']]).toContainEqual(types);
      expect(orders.row(ID).status).toBe(types.includes('order.confirmed') ? 'CANCELLED' : 'PENDING');
    }),
    { numRuns: 300 },
  );
});

/** The next attempt, run to its end without a rival. */
async function endIt(orders: ScheduledOrders): Promise<string> {
  await reconcileOrders({ orders, clock: () => NOW }, { olderThanSeconds: 0 });
  const ports = { orders, clock: () => NOW, prices: priceList(price('mug'), price('dripper')) };
  const end = { orderId: ID, run: run(orders.row(ID).attempt), correlationId: 'cor_1', steps: [] };
  const { outcome } = await validateOrder(ports, end);
  if (outcome === 'CANCEL') await rejectOrder(ports, { ...end, reason: undefined, paymentStatus: 'VOIDED' });
  else await confirmOrder(ports, { ...end, paymentStatus: 'CAPTURED' });
  return outcome;
}

test('whatever was left open, the next attempt brings to the end that the customer wants', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), plans, async (scheduler, plan) => {
      const orders = await play(scheduler, plan);
      const { owed, status, cancelRequestedAt } = orders.row(ID);
      if (!owed) return;
      if (status === 'AWAITING_PAYMENT') return expect(cancelRequestedAt).toBeUndefined();
      const wantsOut = status === 'CANCELLED' || cancelRequestedAt !== undefined;
      expect(await endIt(orders)).toBe(wantsOut ? 'CANCEL' : 'VALID');
      expect(orders.row(ID)).toMatchObject({ owed: false, status: wantsOut ? 'CANCELLED' : 'CONFIRMED' });
    }),
    { numRuns: 300 },
  );
});
