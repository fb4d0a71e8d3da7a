import { newProduct } from '../inventory/support/deployed';
import { api } from './api';
import { tokenOf } from './sign-in';
import { waitFor } from './wait-for';

/** A product of the test's own with so many units, whose price the order desk knows. */
export async function productOnSale(stock: number, price?: number): Promise<string> {
  const id = await newProduct(stock, price);
  const token = await tokenOf('customer');
  await waitFor(
    async () =>
      (await api('POST /orders/quote', { token, body: { items: [{ productId: id, quantity: 1 }] } }))
        .status === 200,
    { what: `the price of ${id} at the order desk` },
  );
  return id;
}
