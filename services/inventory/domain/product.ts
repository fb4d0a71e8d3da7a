import { type Money, sameMoney } from '../../../shared/kernel/money';

/** What a person sees of a product and staff may change. */
export interface ProductFacts {
  name: string;
  description: string;
  category: string;
  price: Money;
}

export interface ProductImage {
  url: string;
  width: number;
  height: number;
  type: string;
}

export interface Product extends ProductFacts {
  id: string;
  status: 'active' | 'retired';
  /** 1 when it is created, one more with every change: consumers take only what is newer. */
  version: number;
  /** Over how many rows its stock is spread, so that many orders at once do not queue for one. */
  shards: number;
  images: ProductImage[];
  createdAt: string;
  updatedAt: string;
}

export const newProduct = (id: string, facts: ProductFacts, at: string): Product => ({
  id,
  ...facts,
  status: 'active',
  version: 1,
  shards: 1,
  images: [],
  createdAt: at,
  updatedAt: at,
});

export const changedProduct = (product: Product, facts: ProductFacts, at: string): Product => ({
  ...product,
  ...facts,
  version: product.version + 1,
  updatedAt: at,
});

export const sameFacts = (a: ProductFacts, b: ProductFacts): boolean =>
  a.name === b.name &&
  a.description === b.description &&
  a.category === b.category &&
  sameMoney(a.price, b.price);
