import { invoke } from '../inventory/support/deployed';
import { execution } from '../support/execution';
import { withFunctionEnvironment } from '../support/function-environment';
import { available, getOrder, ledger, placeOrder, settled } from '../support/order';
import { productOnSale } from '../support/product-on-sale';
import { waitFor } from '../support/wait-for';

test('an order whose saga fails altogether stays open, and its next attempt confirms it', async () => {
  const spoon = await productOnSale(5);
  const { body } = await withFunctionEnvironment(
    'reserveInventory',
    { RESERVATIONS_TABLE: 'none-such' },
    async () => {
      const placed = await placeOrder({ items: [{ productId: spoon, quantity: 1 }] });
      await waitFor(async () => (await execution(`${placed.body.id}-1`)) === 'FAILED', {
        limit: 45_000,
        what: 'the first attempt to fail',
      });
      return placed;
    },
  );
  const stuck = await getOrder(body.id);
  expect(stuck).toMatchObject({ status: 'PENDING', paymentStatus: 'PENDING' });
  await invoke('reconcileOrders', { olderThanSeconds: 0 });
  expect((await getOrder(body.id)).version).toBeGreaterThan(stuck.version);
  expect(await settled(body.id, { limit: 45_000 })).toMatchObject({ status: 'CONFIRMED' });
  expect(await ledger(body.id)).toHaveLength(1);
  expect(await available(spoon)).toBe(4);
});
