import type { EventOf } from '../../../events/envelope';
import type { productEvents } from '../../../events/product-events';
import type { Product } from '../domain/product';

/** Who caused a version, for the event that tells of it. */
export interface Cause {
  correlationId: string;
  actor: 'staff' | 'system';
}

export interface Products {
  find(id: string): Promise<Product | undefined>;
  /** @returns false when the product is not of the version before, or exists already: somebody else changed it */
  save(product: Product, cause: Cause): Promise<boolean>;
}

export interface Shelves {
  /** Products for sale, newest first, those older than the product `before`; at most `limit`. */
  list(limit: number, before?: string): Promise<Product[]>;
}

export interface Availability {
  /** Units that can be ordered of each product; may lag a moment. */
  of(products: readonly Pick<Product, 'id' | 'shards'>[]): Promise<ReadonlyMap<string, number>>;
}

export interface StockRoom {
  /** @returns false when the product has stock already, which stays as it is */
  open(productId: string, units: number): Promise<boolean>;
}

export type ProductEvent = EventOf<(typeof productEvents)[number]>;

export interface EventBus {
  /** @throws when one of them was not taken: all may be published again, under the same ids */
  publish(events: readonly ProductEvent[]): Promise<void>;
}
