import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Availability, Products } from '../ports/products';
import { type ProductView, viewOf } from './product-view';

/** A product as it was a moment ago, or as it is `now`: one that was only just made is found. */
export async function getProduct(
  { products, availability }: { products: Products; availability: Availability },
  { id, now }: { id: string; now: boolean },
): Promise<ProductView | Refusal> {
  const product = await (now ? products.findNow(id) : products.find(id));
  if (!product) return refuse('NOT_FOUND', 'There is no such product.');
  return viewOf(product, (await availability.of([product])).get(id));
}
