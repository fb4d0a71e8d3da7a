import fc from 'fast-check';
import { FULFILMENT_MOVES, fulfilmentOf, progressOf } from '../../services/orders/domain/fulfilment';
import type { Order } from '../../services/orders/domain/order';
import { cancel } from '../../services/orders/domain/order-moves';
import { RETURN_MOVES } from '../../services/orders/domain/order-return';
import { SHIPMENT_MOVES } from '../../services/orders/domain/shipment';
import { isRefusal } from '../../shared/kernel/refusal';
import { DAY, MINUTE } from '../../shared/kernel/time';
import { AT, request } from './support/an-order';
import { confirmed, type Line, told, warehouse } from './support/warehouse';

const mugs = (quantity: number): Line => ({ productId: 'mug', quantity });
const dripper: Line = { productId: 'dripper', quantity: 1 };
const ALL = [mugs(2), dripper];

const ILLEGAL = { refused: 'ILLEGAL_TRANSITION' };

/** An order whose lines have all arrived. */
async function arrived() {
  const house = warehouse();
  const { id } = told(await house.ship(ALL));
  told(await house.deliver(id));
  return house;
}

async function received(lines: (Line & { restock?: boolean })[] = [mugs(1)]) {
  const house = await arrived();
  const { id } = told(await house.sendBack(lines));
  told(await house.receive(id, lines));
  return { ...house, id };
}

describe('shipping', () => {
  test('in parts: the order is SHIPPED only with the last of its lines', async () => {
    const { ship, row } = warehouse();
    expect(told(await ship([mugs(1)]))).toMatchObject({ status: 'SHIPPED', lines: [mugs(1)] });
    expect(row()).toMatchObject({ status: 'CONFIRMED', fulfilmentStatus: 'PARTIALLY_SHIPPED' });
    await ship([mugs(1), dripper]);
    expect(row()).toMatchObject({ status: 'SHIPPED', fulfilmentStatus: 'SHIPPED' });
  });

  test('equal products of a parcel become one line', async () => {
    const { ship } = warehouse();
    expect(told(await ship([mugs(1), mugs(1)]))).toMatchObject({ lines: [mugs(2)] });
  });

  test('tells what is in the parcel, what that costs and where the order stands', async () => {
    const { ship, orders } = warehouse();
    const { id } = told(await ship([mugs(1)]));
    expect(orders.events[0]?.event).toMatchObject({
      type: 'order.shipped',
      actor: 'staff',
      data: {
        shipmentId: id,
        carrier: 'DHL',
        items: [{ productId: 'mug', name: 'Mug', quantity: 1, unitPrice: { amount: 1450, currency: 'EUR' } }],
        amount: { amount: 1450, currency: 'EUR' },
        status: 'CONFIRMED',
        fulfilmentStatus: 'PARTIALLY_SHIPPED',
      },
    });
    expect(orders.changes[0]?.audit).toEqual({
      actor: 'grace',
      action: 'ship-order',
      detail: { shipmentId: id, lines: 1 },
    });
  });

  test.each([
    'PENDING',
    'IN_REVIEW',
    'AWAITING_CUSTOMER',
    'AWAITING_PAYMENT',
    'REJECTED',
    'CANCELLED',
  ] as const)('an order that is %s does not go out, and the reason is told', async (status) => {
    const { ship, orders } = warehouse(confirmed({ status }));
    expect(await ship([mugs(1)])).toMatchObject({
      ...ILLEGAL,
      detail: `An order that is ${status} cannot be shipped.`,
    });
    expect(orders.writes).toBe(0);
  });

  test('more than is left of a line does not go out, with the place of the line', async () => {
    const { ship } = warehouse();
    await ship([mugs(1)]);
    expect(await ship([dripper, mugs(2)])).toMatchObject({
      ...ILLEGAL,
      errors: [{ pointer: '/lines/1/quantity', detail: 'Only 1 of it can still be shipped.' }],
    });
  });

  test('what the order has not cannot be shipped', async () => {
    const { ship } = warehouse();
    expect(await ship([{ productId: 'lamp', quantity: 1 }])).toMatchObject({
      refused: 'PRODUCT_UNKNOWN',
      errors: [{ pointer: '/lines/0/productId' }],
    });
  });

  test('an order of which a part is shipped cannot be cancelled', async () => {
    const { ship, row } = warehouse();
    await ship([mugs(1)]);
    expect(cancel(row(), undefined, AT)).toEqual({ outcome: 'NOT_CANCELLABLE' });
  });

  test('a version that is no longer the current one is STALE, and the current one is not', async () => {
    const { ship, row } = warehouse();
    await ship([mugs(1)], { ifMatch: 1 });
    expect(await ship([mugs(1)], { ifMatch: 1 })).toMatchObject({ refused: 'STALE' });
    expect(isRefusal(await ship([mugs(1)], { ifMatch: row().version }))).toBe(false);
  });

  test('the same request again is answered so again, also where it would be illegal by now', async () => {
    const { ship, orders } = warehouse();
    const again = { request: request('key-again'), ifMatch: 1 };
    const first = told(await ship(ALL, again));
    expect(told(await ship(ALL, again))).toEqual(first);
    expect(orders.shipments.size).toBe(1);
  });

  test('who loses against another parcel looks again, and refuses what that one took', async () => {
    const { ship, orders } = warehouse();
    orders.meanwhile = () => ship([mugs(2)]);
    expect(await ship([mugs(1)])).toMatchObject(ILLEGAL);
    expect(orders.shipments.size).toBe(1);
  });
});

describe('delivery', () => {
  test('in parts: the order is DELIVERED only with the last of its lines', async () => {
    const { ship, deliver, row } = warehouse();
    const first = told(await ship([mugs(2)]));
    expect(told(await deliver(first.id))).toMatchObject({ status: 'DELIVERED' });
    expect(row()).toMatchObject({ status: 'CONFIRMED', fulfilmentStatus: 'PARTIALLY_DELIVERED' });
    const second = told(await ship([dripper]));
    expect(row()).toMatchObject({ status: 'SHIPPED', fulfilmentStatus: 'PARTIALLY_DELIVERED' });
    await deliver(second.id);
    expect(row()).toMatchObject({ status: 'DELIVERED', fulfilmentStatus: 'DELIVERED' });
  });

  test('a parcel arrives once', async () => {
    const { ship, deliver } = warehouse();
    const { id } = told(await ship(ALL));
    await deliver(id);
    expect(await deliver(id)).toMatchObject(ILLEGAL);
  });

  test('a parcel that the order has not is not there', async () => {
    expect(await warehouse().deliver('shp_none')).toMatchObject({ refused: 'NOT_FOUND' });
  });
});

describe('returns', () => {
  test('only what has been delivered comes back, and each unit once', async () => {
    const { ship, deliver, sendBack } = warehouse();
    const { id } = told(await ship([mugs(1)]));
    expect(await sendBack([mugs(1)])).toMatchObject(ILLEGAL);
    await deliver(id);
    expect(await sendBack([mugs(2)])).toMatchObject({ ...ILLEGAL, detail: 'Only 1 of it can be returned.' });
    told(await sendBack([mugs(1)]));
    expect(await sendBack([mugs(1)])).toMatchObject({
      ...ILLEGAL,
      detail: 'None of it is left to be returned.',
    });
  });

  test('the window ends 30 days after the last delivery', async () => {
    const { sendBack, time } = await arrived();
    time.now += 30 * DAY;
    expect(isRefusal(await sendBack([mugs(1)]))).toBe(false);
    time.now += 1;
    expect(await sendBack([mugs(1)])).toMatchObject({
      ...ILLEGAL,
      detail: 'Returns end 30 days after delivery.',
    });
  });

  test("somebody else's order is not there", async () => {
    const { sendBack } = await arrived();
    expect(await sendBack([mugs(1)], { customerId: 'eve' })).toMatchObject({ refused: 'NOT_FOUND' });
  });

  test('an announced return changes nothing but what can still be announced', async () => {
    const { sendBack, row } = await arrived();
    await sendBack([mugs(1)]);
    expect(row()).toMatchObject({
      status: 'DELIVERED',
      fulfilmentStatus: 'DELIVERED',
      paymentStatus: 'CAPTURED',
    });
  });

  test('received: its machine is asked for with what it gives back, and nothing is refunded yet', async () => {
    const { orders, id, row } = await received([mugs(2)]);
    const change = orders.changes.at(-1);
    expect(change).toMatchObject({
      startsReturn: true,
      event: { type: 'order.return-received', data: { amount: { amount: 2900 } } },
      return: { id, status: 'RECEIVED', attempt: 1, amount: { amount: 2900, currency: 'EUR' } },
      audit: { actor: 'grace', action: 'receive-return' },
    });
    expect(row()).toMatchObject({ fulfilmentStatus: 'DELIVERED', paymentStatus: 'CAPTURED' });
  });

  test('one unit may be fit for sale again and its like not', async () => {
    const { sendBack, receive } = await arrived();
    const { id } = told(await sendBack([mugs(2)]));
    const lines = [
      { ...mugs(1), restock: true },
      { ...mugs(1), restock: false },
    ];
    expect(told(await receive(id, lines))).toMatchObject({ accepted: lines, amount: { amount: 2900 } });
  });

  test('what is not accepted can be announced again', async () => {
    const { sendBack, receive } = await arrived();
    const { id } = told(await sendBack([mugs(2)]));
    await receive(id, [mugs(1)]);
    told(await sendBack([mugs(1)]));
    expect(await sendBack([mugs(1)])).toMatchObject(ILLEGAL);
  });

  test('nothing accepted: REFUSED, told at once, and no machine runs', async () => {
    const { sendBack, receive, orders, row } = await arrived();
    const { id } = told(await sendBack([mugs(1)]));
    expect(told(await receive(id, [mugs(0)]))).toMatchObject({ status: 'REFUSED' });
    expect(orders.changes.at(-1)?.startsReturn).toBeUndefined();
    expect(orders.events.at(-1)?.event).toMatchObject({
      type: 'order.return-closed',
      data: { outcome: 'REFUSED', amount: { amount: 0 } },
    });
    expect(row().fulfilmentStatus).toBe('DELIVERED');
  });

  test.each([
    ['more than was announced', [mugs(2)], 'ILLEGAL_TRANSITION'],
    ['what was not announced', [dripper], 'PRODUCT_UNKNOWN'],
  ])('%s is not received', async (_what, lines, refused) => {
    const { sendBack, receive } = await arrived();
    const { id } = told(await sendBack([mugs(1)]));
    expect(await receive(id, lines)).toMatchObject({ refused });
  });

  test('a return is received once', async () => {
    const { receive, id } = await received();
    expect(await receive(id, [mugs(1)])).toMatchObject(ILLEGAL);
  });

  test('closed: the return is REFUNDED, the order says so, and a repeat changes nothing', async () => {
    const { close, orders, id, row } = await received();
    expect(await close(id)).toEqual({ outcome: 'REFUNDED' });
    expect(await close(id)).toEqual({ outcome: 'REFUNDED' });
    expect(orders.returns.get(id)).toMatchObject({ status: 'REFUNDED', refunded: { amount: 1450 } });
    expect(row()).toMatchObject({
      status: 'DELIVERED',
      fulfilmentStatus: 'PARTIALLY_RETURNED',
      paymentStatus: 'PARTIALLY_REFUNDED',
    });
    expect(orders.eventTypes().filter((type) => type === 'order.return-closed')).toHaveLength(1);
  });

  test('when all has come back the order is RETURNED', async () => {
    const { close, id, row } = await received(ALL);
    await close(id, 5390);
    expect(row().fulfilmentStatus).toBe('RETURNED');
  });

  test('a refund in whole or a dispute that came meanwhile is not covered up', async () => {
    for (const paymentStatus of ['REFUNDED', 'DISPUTED'] as const) {
      const house = await received();
      const order = house.row();
      await house.orders.save({
        order: { ...order, paymentStatus, paymentVersion: 3, version: order.version + 1 },
        event: house.orders.events[0]?.event as never,
      });
      await house.close(house.id);
      expect(house.row().paymentStatus).toBe(paymentStatus);
    }
  });

  test('what was never received is not closed', async () => {
    const { sendBack, close } = await arrived();
    const { id } = told(await sendBack([mugs(1)]));
    await expect(close(id)).rejects.toThrow('REQUESTED');
    expect(await close('ret_none')).toEqual({ outcome: 'NOT_FOUND' });
  });
});

describe('a return whose machine came to no end', () => {
  test('is left alone while it is young, then asked for again under its next attempt', async () => {
    const { reconcile, time, orders, id } = await received();
    expect(await reconcile()).toMatchObject({ returns: 1, returnsResumed: 0, returnsStuck: 0 });
    time.now += 10 * MINUTE;
    expect(await reconcile()).toMatchObject({ returnsResumed: 1 });
    expect(orders.changes.at(-1)).toMatchObject({
      startsReturn: true,
      return: { id, attempt: 2 },
      event: { type: 'order.saga-requested', data: { because: 'RETURN_NOT_CLOSED' } },
    });
    time.now += 60 * MINUTE;
    expect(await reconcile()).toMatchObject({ returnsStuck: 1 });
  });

  test('is asked for no more once it is closed', async () => {
    const { reconcile, close, time, id } = await received();
    await close(id);
    time.now += 60 * MINUTE;
    expect(await reconcile()).toEqual({ returns: 0, returnsResumed: 0, returnsStuck: 0, faults: [] });
  });
});

describe('whatever staff and customer do, in any order', () => {
  const quantity = fc.integer({ min: 1, max: 3 });
  const line = fc.record({ productId: fc.constantFrom('mug', 'dripper'), quantity });
  const act: fc.Arbitrary<Act> = fc.record({
    what: fc.constantFrom<Act['what']>('ship', 'deliver', 'sendBack', 'receive', 'close'),
    lines: fc.array(line, { minLength: 1, maxLength: 2 }),
    which: fc.nat(5),
  });

  type House = ReturnType<typeof warehouse>;
  interface Act {
    what: 'ship' | 'deliver' | 'sendBack' | 'receive' | 'close';
    lines: Line[];
    which: number;
  }

  async function play(house: House, { what, lines, which }: Act): Promise<void> {
    const shipment = [...house.orders.shipments.keys()][which] ?? 'shp_none';
    const returned = [...house.orders.returns.keys()][which] ?? 'ret_none';
    const acts = {
      ship: () => house.ship(lines),
      deliver: () => house.deliver(shipment),
      sendBack: () => house.sendBack(lines),
      receive: () => house.receive(returned, lines),
      close: () => house.close(returned).catch(() => undefined),
    };
    await acts[what]();
  }

  function expectSound(order: Order): void {
    for (const { productId, quantity: wanted } of order.items) {
      const { shipped, delivered, returning, returned } = progressOf(order, productId);
      expect(shipped).toBeLessThanOrEqual(wanted);
      expect(delivered).toBeLessThanOrEqual(shipped);
      expect(returning + returned).toBeLessThanOrEqual(delivered);
      expect(Math.min(shipped, delivered, returning, returned)).toBeGreaterThanOrEqual(0);
    }
    expect(order.fulfilmentStatus).toBe(fulfilmentOf(order));
  }

  test('never is more shipped than ordered, nor more returned than delivered, and each move is in its table', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const house = warehouse();
        for (const one of acts) {
          const before = house.row();
          await play(house, one);
          const order = house.row();
          expectSound(order);
          if (order.version !== before.version)
            expect(FULFILMENT_MOVES[before.fulfilmentStatus]).toContain(order.fulfilmentStatus);
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each([SHIPMENT_MOVES, RETURN_MOVES])('a table leads nowhere but to its own words', (moves) => {
    expect(Object.keys(moves)).toEqual(expect.arrayContaining(Object.values(moves).flat()));
  });
});
