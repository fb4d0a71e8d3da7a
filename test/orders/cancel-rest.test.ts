import { cancelRest } from '../../services/orders/domain/cancel-rest';
import type { FulfilmentStatus, Order, Progress } from '../../services/orders/domain/order';
import { AT, claimed } from './support/an-order';

const LATER = '2030-01-04T12:00:00.000Z';

const progress = (shipped: number, delivered = 0, returned = 0): Progress => ({
  shipped,
  delivered,
  returning: 0,
  returned,
});

/** Two mugs and a dripper, of which so much has gone so far. */
const partly = (fulfilmentStatus: FulfilmentStatus, counts: Record<string, Progress>): Order =>
  claimed({ status: 'AWAITING_PAYMENT', decideBy: AT, fulfilmentStatus, progress: counts });

test.each<[string, FulfilmentStatus, Record<string, Progress>, string, FulfilmentStatus, number]>([
  ['a part is on its way', 'PARTIALLY_SHIPPED', { mug: progress(1) }, 'SHIPPED', 'SHIPPED', 1450],
  ['a part has arrived', 'PARTIALLY_DELIVERED', { mug: progress(2, 2) }, 'DELIVERED', 'DELIVERED', 2900],
  [
    'a part has arrived and another is on its way',
    'PARTIALLY_DELIVERED',
    { mug: progress(1, 1), dripper: progress(1) },
    'SHIPPED',
    'PARTIALLY_DELIVERED',
    3940,
  ],
  [
    'a part came back',
    'PARTIALLY_RETURNED',
    { mug: progress(1, 1, 1), dripper: progress(1, 1) },
    'DELIVERED',
    'PARTIALLY_RETURNED',
    3940,
  ],
  ['all of it came back', 'PARTIALLY_RETURNED', { mug: progress(1, 1, 1) }, 'DELIVERED', 'RETURNED', 1450],
])('where %s the order is that, at its price', (_what, fulfilment, counts, status, after, total) => {
  const { order } = cancelRest(partly(fulfilment, counts), LATER);
  expect(order).toMatchObject({
    status,
    fulfilmentStatus: after,
    total: { amount: total, currency: 'EUR' },
    owed: true,
    attempt: 2,
    runBy: undefined,
    decideBy: undefined,
    decidedAt: LATER,
    version: 3,
  });
  expect(order.items.map(({ productId, quantity }) => [productId, quantity])).toEqual(
    Object.entries(counts).map(([productId, { shipped }]) => [productId, shipped]),
  );
});

test('what is cancelled is all that was not sent', () => {
  const { cancelled } = cancelRest(partly('PARTIALLY_SHIPPED', { mug: progress(1) }), LATER);
  expect(cancelled).toMatchObject({
    items: [
      { productId: 'mug', quantity: 1 },
      { productId: 'dripper', quantity: 1 },
    ],
    total: { amount: 3940, currency: 'EUR' },
  });
});
