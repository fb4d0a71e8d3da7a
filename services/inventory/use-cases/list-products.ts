import type { Product } from '../domain/product';
import type { Availability, Shelves } from '../ports/products';
import { type ProductView, viewOf } from './product-view';

export interface ListProducts {
  limit: number;
  /** The last product of the page before. */
  after?: string;
}

/** A page of what is for sale, newest first, and the product after which the next page starts. */
export async function listProducts(
  { shelves, availability }: { shelves: Shelves; availability: Availability },
  { limit, after }: ListProducts,
): Promise<{ items: ProductView[]; next?: string }> {
  // One more than asked for tells whether there is a next page.
  const found = await shelves.list(limit + 1, after);
  const page: Product[] = found.slice(0, limit);
  const available = await availability.of(page);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { items: page.map((product) => viewOf(product, available.get(product.id))), next: last?.id };
}
