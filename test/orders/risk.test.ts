import fc from 'fast-check';
import type { OrderLine } from '../../services/orders/domain/order';
import { riskScore, SIGNALS, suspicionOf } from '../../services/orders/domain/risk';
import { sum, times } from '../../shared/kernel/money';
import { anOrder, LIMITS } from './support/an-order';

const line = (quantity: number, amount = 1, productId = 'mug'): OrderLine => ({
  productId,
  name: 'Mug',
  quantity,
  unitPrice: { amount, currency: 'EUR' },
});

const of = (...items: OrderLine[]) =>
  anOrder({ items, total: sum(items.map(({ unitPrice, quantity }) => times(unitPrice, quantity))) });

const spread = (lines: number, quantity: number) =>
  Array.from({ length: lines }, (_, n) => line(quantity, 1, `product-${n}`));

test.each([
  ['two mugs and a dripper', anOrder(), 0],
  ['499 units of many products', of(...spread(10, 49), line(9)), 0],
  ['500 units of many products', of(...spread(10, 50)), 50],
  ['249 of one product', of(line(249)), 0],
  ['250 of one product', of(line(250)), 30],
  ['nine tenths of the limit', of(line(1, 180_000)), 0],
  ['a cent more than nine tenths of the limit', of(line(1, 180_001)), 20],
  ['500 of one product', of(line(500)), 80],
  ['all of it', of(line(500, 400)), 100],
])('%s score %#', (_what, order, score) => {
  expect(riskScore(order, LIMITS)).toBe(score);
});

test('all signals together make 100', () => {
  expect(Object.values(SIGNALS).reduce((total, { points }) => total + points, 0)).toBe(100);
});

test.each([
  ['the limit itself', of(line(1, 200_000)), undefined],
  ['more than the limit', of(line(1, 200_001)), 'ABOVE_THRESHOLD'],
  ['a score of 50', of(...spread(10, 50)), undefined],
  ['a score of 70', of(...spread(10, 50), line(1, 190_000)), 'SUSPICIOUS'],
])('%s is looked at only if that is too much: %#', (_what, order, why) => {
  expect(suspicionOf(order, LIMITS)).toBe(why);
});

test('a stage that wants the amount alone to count says a score above 100', () => {
  expect(suspicionOf(of(line(999)), { ...LIMITS, score: 101 })).toBeUndefined();
});

test('one more unit never makes an order less suspicious', () => {
  const lines = fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 998 }), amount: fc.nat(1000) }), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(lines, (wanted) => {
      const items = wanted.map(({ quantity, amount }, n) => line(quantity, amount, `product-${n}`));
      const more = items.map((item) => ({ ...item, quantity: item.quantity + 1 }));
      const before = riskScore(of(...items), LIMITS);
      expect(riskScore(of(...more), LIMITS)).toBeGreaterThanOrEqual(before);
      expect(before).toBeLessThanOrEqual(100);
    }),
  );
});
