import type { EventOf } from '../../../events/envelope';
import type { stockLow } from '../../../events/stock-events';
import type { StockWatch } from '../domain/stock-watch';

/** A row of a product's stock that was written. */
export interface StockMoved {
  productId: string;
  /** Units that the product began with; only in the row that was made with it, as it was then. */
  openedWith?: number;
}

export interface Watches {
  find(productId: string): Promise<StockWatch | undefined>;
  /** @returns false when it is not of the version before */
  save(watch: StockWatch): Promise<boolean>;
  /** The crossing was told. */
  mark(watch: StockWatch): Promise<void>;
}

export interface StockAlerts {
  publish(event: EventOf<typeof stockLow>): Promise<void>;
}
