import { available, getOrder, ledger, placeOrder, settled } from '../support/order';
import { productOnSale } from '../support/product-on-sale';
import { restartStack } from '../support/restart';

test('orders survive a restart: the old one stands, the one under way is confirmed, a new one too', async () => {
  const spoon = await productOnSale(10);
  const items = [{ productId: spoon, quantity: 1 }];
  const old = await settled((await placeOrder({ items })).body.id);
  const underWay = await placeOrder({ items, payment: 'tok_slow' });
  await restartStack();
  expect(await getOrder(old.id)).toEqual(old);
  expect(await settled(underWay.body.id, { limit: 45_000 })).toMatchObject({ status: 'CONFIRMED' });
  expect(await ledger(underWay.body.id)).toHaveLength(1);
  const next = await placeOrder({ items });
  expect(await settled(next.body.id, { limit: 45_000 })).toMatchObject({ status: 'CONFIRMED' });
  expect(await available(spoon)).toBe(7);
});
