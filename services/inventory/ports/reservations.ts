import type { Reservation } from '../domain/reservation';
import type { ShardLevel, StockChange } from '../domain/stock';

export interface Move {
  /** The row as it was read; undefined when there was none. */
  from: Reservation | undefined;
  to: Reservation;
  stock: StockChange[];
}

/** `found` is the row that stood in the way; `short`, that a shard had too little, with the row as expected. */
export type Saved = { saved: true } | { saved: false; found: Reservation | undefined; short: boolean };

export interface CommitHeld {
  orderId: string;
  attempt: number;
  step: Reservation['step'];
}

export interface Reservations {
  /** As it is now, not as it was a moment ago. */
  find(orderId: string): Promise<Reservation | undefined>;
  /**
   * The row and all its stock change together, or nothing does.
   * @throws when other writes to the same rows kept winning: a fault of the moment, never an answer
   */
  save(move: Move): Promise<Saved>;
  /** HELD → COMMITTED without reading first, for this attempt or a higher one. */
  commitHeld(commit: CommitHeld): Promise<Saved>;
  /** Orders whose hold ran out before `now` (ISO), at most `limit` of each of the index's parts; may lag a moment. */
  expired(now: string, limit: number): Promise<string[]>;
}

export interface StockLevels {
  /** Over how many shards the stock of each product is spread; may be a minute old. */
  shardsOf(productIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Every shard of these products as it is now. */
  read(productIds: readonly string[]): Promise<ShardLevel[]>;
}

export interface AuditsReservations {
  /** As they are now. */
  these(orderIds: readonly string[]): Promise<Reservation[]>;
}
