import type { Order } from '../../../services/orders/domain/order';
import type { Price } from '../../../services/orders/domain/pricing';
import { type Run, runOf } from '../../../services/orders/domain/run';
import type { PriceList } from '../../../services/orders/ports/price-list';
import type { Reply } from '../../../shared/kernel/idempotency';
import { iso } from '../../../shared/kernel/time';

export const NOW = Date.parse('2030-01-01T12:00:00.000Z');
export const AT = iso(NOW);
export const clock = () => NOW;

/** Far above what the orders of the tests cost, unless one is to be reviewed. */
export const LIMITS = { above: 200_000, score: 60 };

export const run = (attempt = 1, executionId = `execution-${attempt}`): Run =>
  runOf({ attempt, executionId });

/** A PENDING order of two lines whose first attempt nobody has claimed. */
export const anOrder = (over: Partial<Order> = {}): Order => ({
  id: 'ord_01KA00000SAMP1E0RDER000000',
  customerId: 'ada',
  status: 'PENDING',
  paymentStatus: 'PENDING',
  fulfilmentStatus: 'UNFULFILLED',
  items: [
    { productId: 'mug', name: 'Mug', quantity: 2, unitPrice: { amount: 1450, currency: 'EUR' } },
    { productId: 'dripper', name: 'Dripper', quantity: 1, unitPrice: { amount: 2490, currency: 'EUR' } },
  ],
  total: { amount: 5390, currency: 'EUR' },
  version: 1,
  attempt: 1,
  owed: true,
  createdAt: AT,
  updatedAt: AT,
  correlationId: 'cor_placed',
  paymentToken: 'tok_visa',
  ...over,
});

/** Claimed by the execution of `run()`. */
export const claimed = (over: Partial<Order> = {}): Order =>
  anOrder({ runBy: run(over.attempt).key, version: 2, ...over });

export const price = (productId: string, over: Partial<Price> = {}): Price => ({
  productId,
  name: productId,
  price: { amount: 1000, currency: 'EUR' },
  status: 'active',
  version: 1,
  ...over,
});

/** A price list that knows these products and counts how often it is asked. */
export function priceList(...prices: Price[]): PriceList & { asked: number } {
  const known = new Map(prices.map((one) => [one.productId, one]));
  return {
    asked: 0,
    async find(productIds) {
      this.asked += 1;
      return new Map(productIds.flatMap((id) => (known.has(id) ? [[id, known.get(id) as Price]] : [])));
    },
  };
}

export const answer = ({ id, status, version }: Order): Reply => ({
  status: 202,
  headers: { location: `/orders/${id}` },
  body: JSON.stringify({ id, status, version }),
});

export const request = (key = 'key-1', fingerprint = 'body-1') => ({ recordKey: key, fingerprint });
