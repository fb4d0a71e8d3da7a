import type { Price } from '../domain/pricing';

export interface PriceList {
  /** What is known of these products; an unknown one is not in the map. */
  find(productIds: readonly string[]): Promise<ReadonlyMap<string, Price>>;
}

export interface FollowsPrices {
  /** Takes a price unless a higher version is known already. */
  follow(price: Price): Promise<void>;
}
