import type { Search } from '../domain/search';
import type { Availability, Found, ProductSearch, Shelves } from '../ports/products';
import { type ProductView, viewOf } from './product-view';

export interface ListProducts {
  limit: number;
  /** The last product of the page before. */
  after?: string;
  /** Undefined: all that is for sale. */
  search?: Search;
}

interface Ports {
  shelves: Shelves;
  products: ProductSearch;
  availability: Availability;
}

async function all({ shelves }: Ports, limit: number, after?: string): Promise<Found> {
  // One more than asked for tells whether there is a next page.
  const found = await shelves.list(limit + 1, after);
  const products = found.slice(0, limit);
  return { products, next: found.length > limit ? products.at(-1)?.id : undefined };
}

/** A page of what is for sale and fits, newest first, and the product after which the next page starts. */
export async function listProducts(
  ports: Ports,
  { limit, after, search }: ListProducts,
): Promise<{ items: ProductView[]; next?: string }> {
  const { products, next } = search
    ? await ports.products.search(search, limit, after)
    : await all(ports, limit, after);
  const page = products.filter(({ status }) => status === 'active');
  const available = await ports.availability.of(page);
  return { items: page.map((product) => viewOf(product, available.get(product.id))), next };
}
