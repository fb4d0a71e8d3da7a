import { newCustomers } from '../support/new-customers';
import { available, type Charge, ledger, type OrderView, placeOrder, settled } from '../support/order';
import { productOnSale } from '../support/product-on-sale';

test('fifty customers race for the last five: five get one each, nobody else pays', async () => {
  const [spoon, customers] = [await productOnSale(5), await newCustomers(50)];
  const items = [{ productId: spoon, quantity: 1 }];
  const placed = await Promise.all(customers.map((token) => placeOrder({ items, token })));
  const orders: OrderView[] = [];
  // One after the other: fifty who ask twenty times a second would keep two cores from processing the orders.
  for (const [n, { body }] of placed.entries())
    orders.push(await settled(body.id, { token: customers[n], limit: 50_000 }));
  const confirmed = orders.filter(({ status }) => status === 'CONFIRMED');
  expect(confirmed).toHaveLength(5);
  expect(orders.filter(({ rejectionReason }) => rejectionReason === 'OUT_OF_STOCK')).toHaveLength(45);
  expect(await available(spoon)).toBe(0);
  const charges: Charge[] = [];
  for (const { id } of orders) charges.push(...(await ledger(id)));
  expect(charges.map(({ amount, status }) => [amount, status])).toEqual(Array(5).fill([100, 'succeeded']));
}, 120_000);
