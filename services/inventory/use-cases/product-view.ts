import type { Product, ProductFacts, ProductImage } from '../domain/product';

/** A product as the public API shows it. */
export interface ProductView extends ProductFacts {
  id: string;
  /** Units that can be ordered. */
  available: number;
  /** There while orders beyond the stock are taken: `left` of `available` are not here yet. */
  backorder?: { expectedAt: string; limit: number; left: number };
  images: ProductImage[];
  version: number;
}

/** Nothing can be ordered of a product that is retired, whatever lies in stock. */
export function viewOf(product: Product, units = 0): ProductView {
  const available = product.status === 'active' ? units : 0;
  const { backorder } = product;
  return {
    id: product.id,
    name: product.name,
    description: product.description,
    category: product.category,
    price: product.price,
    available,
    ...(backorder && { backorder: { ...backorder, left: Math.min(backorder.limit, available) } }),
    images: product.images,
    version: product.version,
  };
}

/** The stock is part of it: a version alone would let a cache show units that are sold. */
export const etagOf = ({ version, available }: ProductView): string => `"${version}-${available}"`;
