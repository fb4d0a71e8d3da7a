import fc from 'fast-check';
import { makeEvent } from '../../events/envelope';
import { paymentChanged } from '../../events/payment-events';
import { rejectionReason } from '../../services/orders/adapters/end-of-attempt';
import type { Order, OrderStatus } from '../../services/orders/domain/order';
import { LEGAL_MOVES } from '../../services/orders/domain/order-moves';
import type { FollowsPayments } from '../../services/orders/ports/payment-news';
import { cancelOrder } from '../../services/orders/use-cases/cancel-order';
import { chooseRest } from '../../services/orders/use-cases/choose-rest';
import { confirmOrder } from '../../services/orders/use-cases/confirm-order';
import { followPayment } from '../../services/orders/use-cases/follow-payment';
import { holdOrder } from '../../services/orders/use-cases/hold-order';
import { parkOrder } from '../../services/orders/use-cases/park-order';
import { reconcileOrders } from '../../services/orders/use-cases/reconcile-orders';
import { rejectOrder } from '../../services/orders/use-cases/reject-order';
import { reviewOrder } from '../../services/orders/use-cases/review-order';
import { validateOrder } from '../../services/orders/use-cases/validate-order';
import { iso } from '../../shared/kernel/time';
import { AT, anOrder, answer, clock, LIMITS, NOW, price, priceList, request, run } from './support/an-order';
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
const saga = ['validate', 'confirm', 'reject', 'park', 'awaitCustomer', 'hold', 'ask'] as const;
const others = ['cancel', 'lose', 'nextAttempt', 'approve', 'refuse', 'accept', 'silence'] as const;
const acts = [...saga, ...others] as const;
type Act = { act: (typeof acts)[number]; attempt: number; execution: number };

const anAct: fc.Arbitrary<Act> = fc.record({
  act: fc.constantFrom(...acts),
  attempt: fc.integer({ min: 1, max: 3 }),
  execution: fc.integer({ min: 1, max: 2 }),
});

/** One of the order's two mugs is gone. */
const SHORT = [{ productId: 'mug', missing: 1 }];

const LOST = makeEvent(paymentChanged, {
  subject: ID,
  at: NOW,
  correlationId: 'cor_1',
  actor: 'system',
  data: { version: 1, paymentStatus: 'VOIDED', because: 'AUTHORIZATION_LOST' },
});

const followed = (orders: ScheduledOrders): FollowsPayments => ({
  get: orders.get,
  follow: async (change) => ((await orders.save(change)).saved ? 'SAVED' : 'STALE'),
});

let keys = 0;

function perform(orders: ScheduledOrders, { act, attempt, execution }: Act): Promise<unknown> {
  const ports = {
    orders,
    replies: orders,
    clock,
    answer,
    prices: priceList(price('mug'), price('dripper')),
    limits: LIMITS,
  };
  const end = {
    orderId: ID,
    run: run(attempt, `${attempt}-${execution}`),
    correlationId: 'cor_1',
    steps: [{ step: 'ReserveInventory', outcome: 'RESERVED', at: AT }],
  };
  keys += 1;
  const asked = { ...end, request: request(`key-${keys}`) };
  const staff = { staffId: 'grace', ifMatch: undefined };
  const acting = {
    validate: () => validateOrder(ports, end),
    confirm: () => confirmOrder(ports, { ...end, paymentStatus: 'CAPTURED' }),
    reject: () => rejectOrder(ports, { ...end, reason: 'OUT_OF_STOCK', paymentStatus: 'VOIDED' }),
    park: () => parkOrder(ports, { ...end, paymentStatus: 'UNKNOWN' }),
    awaitCustomer: () => parkOrder(ports, { ...end, paymentStatus: 'REQUIRES_ACTION' }),
    hold: () => holdOrder(ports, { ...end, reason: 'SUSPICIOUS' }),
    ask: () => holdOrder(ports, { ...end, reason: 'PARTLY_OUT_OF_STOCK', short: SHORT }),
    lose: () => followPayment({ orders: followed(orders), clock }, LOST),
    cancel: () => cancelOrder(ports, { ...asked, customerId: 'ada' }),
    nextAttempt: () => reconcileOrders(ports, { olderThanSeconds: 0 }),
    approve: () => reviewOrder(ports, { ...asked, ...staff, decision: 'approve' }),
    refuse: () => reviewOrder(ports, { ...asked, ...staff, decision: 'refuse' }),
    accept: async () => {
      const version = (await orders.get(ID))?.version ?? 0;
      return chooseRest(ports, { ...asked, customerId: 'ada', decision: 'accept', version });
    },
    silence: () => reconcileOrders(ports, { olderThanSeconds: 86_400, holdsOlderThanSeconds: 0 }),
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

/** Nobody decides any more; the next attempt is run to its end without a rival. */
async function endIt(orders: ScheduledOrders): Promise<void> {
  await reconcileOrders({ orders, clock }, { olderThanSeconds: 0, holdsOlderThanSeconds: 0 });
  const ports = { orders, clock, prices: priceList(price('mug'), price('dripper')), limits: LIMITS };
  const end = { orderId: ID, run: run(orders.row(ID).attempt), correlationId: 'cor_1', steps: [] };
  const { outcome } = await validateOrder(ports, end);
  if (outcome === 'VALID') await confirmOrder(ports, { ...end, paymentStatus: 'CAPTURED' });
  else await rejectOrder(ports, { ...end, reason: rejectionReason(outcome), paymentStatus: 'VOIDED' });
}

function endOf({ status, review, cancelRequestedAt, decideBy }: Order): Partial<Order> {
  const lost = status === 'AWAITING_PAYMENT' && decideBy !== undefined;
  if (cancelRequestedAt || status === 'AWAITING_CUSTOMER' || lost) return { status: 'CANCELLED' };
  if (status !== 'IN_REVIEW') return { status: 'CONFIRMED' };
  const rejectionReason = review === 'REFUSED' ? 'FRAUD_REFUSED' : 'REVIEW_EXPIRED';
  return { status: 'REJECTED', rejectionReason };
}

test('whatever was left open, the next attempt brings to the end that was decided, or that silence decides', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), plans, async (scheduler, plan) => {
      const orders = await play(scheduler, plan);
      const left = orders.row(ID);
      if (!left.owed) return;
      await endIt(orders);
      expect(orders.row(ID)).toMatchObject({ owed: false, ...endOf(left) });
    }),
    { numRuns: 300 },
  );
});

test('of all who decide on one order at once, one decides', async () => {
  const held = (status: OrderStatus) =>
    anOrder({
      status,
      runBy: run(1, '1-1').key,
      decideBy: iso(NOW + 1),
      proposal: { items: anOrder().items, total: anOrder().total, expiresAt: iso(NOW + 1) },
    });
  const rivals = ['approve', 'refuse', 'accept', 'silence', 'cancel', 'nextAttempt'] as const;
  const all = fc.shuffledSubarray([...rivals, ...rivals], { minLength: 2 });
  const waiting = fc.constantFrom<OrderStatus>('IN_REVIEW', 'AWAITING_CUSTOMER');
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), waiting, all, async (scheduler, status, decisions) => {
      const orders = new ScheduledOrders(held(status));
      orders.scheduler = scheduler;
      const plan = decisions.map((act) => perform(orders, { act, attempt: 1, execution: 1 }));
      await scheduler.waitFor(Promise.all(plan));
      const decided = orders.eventTypes().filter((type) => type !== 'order.saga-requested');
      const [first, ...more] = decided;
      if (first === undefined) return;
      // A cancellation may still come after another decision; nothing comes after a cancellation.
      expect(['order.cancelled', 'order.cancel-requested', undefined]).toContain(more[0]);
      if (first === 'order.cancelled') expect(more).toEqual([]);
      expect(more.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 300 },
  );
});
