import type { Product, ProductFacts, ProductImage } from '../domain/product';

/** A product as the public API shows it. */
export interface ProductView extends ProductFacts {
  id: string;
  /** Units that can be ordered. */
  available: number;
  images: ProductImage[];
  version: number;
}

/** Nothing can be ordered of a product that is retired, whatever lies in stock. */
export const viewOf = (product: Product, available = 0): ProductView => ({
  id: product.id,
  name: product.name,
  description: product.description,
  category: product.category,
  price: product.price,
  available: product.status === 'active' ? available : 0,
  images: product.images,
  version: product.version,
});
