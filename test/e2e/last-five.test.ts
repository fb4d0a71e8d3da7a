import { newCustomers } from '../support/new-customers';
import { available, ledger, placeOrder, settled } from '../support/order';
import { productOnSale } from '../support/product-on-sale';
import { waitFor } from '../support/wait-for';

test('fifty customers race for the last five: five get one each, nobody else pays', async () => {
  const [spoon, customers] = [await productOnSale(5), await newCustomers(50)];
  const items = [{ productId: spoon, quantity: 1 }];
  const orders = await Promise.all(
    customers.map(async (token) => {
      // The local AWS answers 429 when it has no worker free; nothing was done then, so the customer asks again.
      const placed = await waitFor(
        async () => {
          const answer = await placeOrder({ items, token });
          return answer.status === 202 && answer.body;
        },
        { what: 'an order to be accepted' },
      );
      return settled(placed.id, { token, limit: 50_000 });
    }),
  );
  const confirmed = orders.filter(({ status }) => status === 'CONFIRMED');
  expect(confirmed).toHaveLength(5);
  expect(orders.filter(({ rejectionReason }) => rejectionReason === 'OUT_OF_STOCK')).toHaveLength(45);
  expect(await available(spoon)).toBe(0);
  const charges = (await Promise.all(orders.map(({ id }) => ledger(id)))).flat();
  expect(charges.map(({ amount, status }) => [amount, status])).toEqual(Array(5).fill([100, 'succeeded']));
});
