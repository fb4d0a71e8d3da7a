import { type Money, sameMoney } from '../../../shared/kernel/money';
import { tokensOf } from './search';

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
  bytes?: number;
  /** `#rrggbb`, to fill its place while it loads. */
  dominantColor?: string;
}

/** Orders beyond the stock are taken for so many units, which are expected then. */
export interface Backorder {
  limit: number;
  /** ISO date or time. */
  expectedAt: string;
}

export interface Product extends ProductFacts {
  id: string;
  status: 'active' | 'retired';
  /** 1 when it is created, one more with every change: consumers take only what is newer. */
  version: number;
  /** Over how many rows its stock is spread, so that many orders at once do not queue for one. */
  shards: number;
  /** How many rows may hold stock: `shards`, or more where there once were more. It never shrinks. */
  shardRows: number;
  backorder?: Backorder;
  /** Stock below this is told to the staff; the stage's threshold where a product has none. */
  lowStockBelow?: number;
  /** What it is listed under, as written: a change takes away what is no longer so. */
  tokens: string[];
  images: ProductImage[];
  createdAt: string;
  updatedAt: string;
}

/** What staff may change of a product; what is left out stays. */
export interface ProductEdit extends Partial<ProductFacts> {
  status?: 'retired';
  stockShards?: number;
  lowStockBelow?: number;
  /** A limit of 0 ends it. */
  backorder?: { limit: number; expectedAt?: string };
}

export const MAX_SHARDS = 8;

const listed = (product: Product): Product => ({ ...product, tokens: tokensOf(product) });

export const newProduct = (id: string, facts: ProductFacts, at: string): Product =>
  listed({
    id,
    ...facts,
    status: 'active',
    version: 1,
    shards: 1,
    shardRows: 1,
    tokens: [],
    images: [],
    createdAt: at,
    updatedAt: at,
  });

export const changedProduct = (product: Product, facts: Partial<ProductFacts>, at: string): Product =>
  listed({ ...product, ...facts, version: product.version + 1, updatedAt: at });

export const backorderLimit = ({ backorder }: Pick<Product, 'backorder'>): number => backorder?.limit ?? 0;

/** The product as edited, its next version. */
export function editedProduct(
  product: Product,
  { status, stockShards, backorder, lowStockBelow, ...facts }: ProductEdit,
  at: string,
): Product {
  const shards = stockShards ?? product.shards;
  const kept = backorder ? endedOr(backorder, product.backorder) : product.backorder;
  return changedProduct(
    {
      ...product,
      status: status ?? product.status,
      shards,
      shardRows: Math.max(product.shardRows, shards),
      lowStockBelow: lowStockBelow ?? product.lowStockBelow,
      backorder: kept,
    },
    facts,
    at,
  );
}

const endedOr = (
  { limit, expectedAt }: { limit: number; expectedAt?: string },
  before: Backorder | undefined,
): Backorder | undefined => {
  const date = expectedAt ?? before?.expectedAt;
  return limit > 0 && date ? { limit, expectedAt: date } : undefined;
};

const sameTokens = (product: Product): boolean =>
  JSON.stringify(product.tokens) === JSON.stringify(tokensOf(product));

/** True when saving these facts would change nothing, not even what the product is listed under. */
export const sameFacts = (product: Product, facts: ProductFacts): boolean =>
  product.name === facts.name &&
  product.description === facts.description &&
  product.category === facts.category &&
  sameMoney(product.price, facts.price) &&
  sameTokens(product);
