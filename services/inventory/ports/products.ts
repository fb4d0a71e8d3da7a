import type { EventOf } from '../../../events/envelope';
import type { productEvents } from '../../../events/product-events';
import type { Product } from '../domain/product';
import type { Search } from '../domain/search';

/** Who caused a version, for the event that tells of it. */
export interface Cause {
  correlationId: string;
  actor: 'staff' | 'system';
}

export interface Products {
  find(id: string): Promise<Product | undefined>;
  /** As it is now, not as it was a moment ago. */
  findNow(id: string): Promise<Product | undefined>;
}

export interface Shelves {
  /** Products for sale, newest first, those older than the product `before`; at most `limit`. */
  list(limit: number, before?: string): Promise<Product[]>;
}

export interface Found {
  products: Product[];
  /** The last product looked at, when there may be more behind it. */
  next?: string;
}

export interface ProductSearch {
  /**
   * Products for sale that fit, newest first, older than `before`; at most `limit`, and fewer where one page's look
   * at a thousand products finds no more.
   */
  search(search: Search, limit: number, before?: string): Promise<Found>;
}

export interface Availability {
  /** Units that can be ordered of each product; may lag a moment. */
  of(products: readonly Pick<Product, 'id' | 'shardRows'>[]): Promise<ReadonlyMap<string, number>>;
}

export type ProductEvent = EventOf<(typeof productEvents)[number]>;

export interface EventBus {
  /** @throws when one of them was not taken: all may be published again, under the same ids */
  publish(events: readonly ProductEvent[]): Promise<void>;
}
