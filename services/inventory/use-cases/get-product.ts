import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Availability, Products } from '../ports/products';
import { type ProductView, viewOf } from './product-view';

export async function getProduct(
  { products, availability }: { products: Pick<Products, 'find'>; availability: Availability },
  id: string,
): Promise<ProductView | Refusal> {
  const product = await products.find(id);
  if (!product) return refuse('NOT_FOUND', 'There is no such product.');
  return viewOf(product, (await availability.of([product])).get(id));
}
