import { newProduct } from '../inventory/support/deployed';
import { client } from './client';
import { waitFor } from './wait-for';

/** A product of the test's own with so many units, whose price the order desk knows. */
export async function productOnSale(stock: number, price?: number): Promise<string> {
  const id = await newProduct(stock, price);
  const customer = await client();
  await waitFor(
    async () => {
      const { data } = await customer.POST('/orders/quote', {
        body: { items: [{ productId: id, quantity: 1 }] },
      });
      return data !== undefined;
    },
    { what: `the price of ${id} at the order desk` },
  );
  return id;
}
