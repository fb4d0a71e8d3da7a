import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import type { Refusal } from '../../../shared/kernel/refusal';
import type { Movement } from '../domain/ledger';
import type { Product } from '../domain/product';
import type { Shift } from '../domain/shards';
import type { ShardLevel, StockChange } from '../domain/stock';
import type { Cause } from './products';

/** What changes together or not at all. */
export interface Change {
  product?: { from: Product | undefined; to: Product; cause: Cause };
  stock?: StockChange[];
  movement?: Movement;
  /** What it was decided on, and must still be so: the product's version, and what lies in these shards. */
  seen?: { product: Product; levels?: readonly ShardLevel[] };
}

/** What a member of staff did, for the audit log, and the reply that the request gets from now on. */
export interface Deed {
  actor: string;
  action: string;
  target: string;
  at: number;
  correlationId: string;
  detail?: Record<string, string | number | boolean>;
  answerTo?: { request: IdempotentRequest; reply: Reply };
}

export type SavedChange =
  | { saved: true }
  /** STALE: the product is not of the version before. SHORT: a shard has too little, or is not as it was seen. */
  | { saved: false; why: 'STALE' | 'SHORT' }
  /** The Idempotency-Key was used before: this is its answer. */
  | { saved: false; why: 'ANSWERED'; answer: Reply | Refusal };

export interface BackOffice {
  /** As it is now. */
  find(id: string): Promise<Product | undefined>;
  /** Product, what it is listed under, stock, movement, audit entry and reply, in one transaction. */
  save(change: Change, deed?: Deed): Promise<SavedChange>;
}

/** SHORT: a shard has fewer units by now. BUSY: others kept writing to the same shards. */
export type Shifted = 'DONE' | 'SHORT' | 'BUSY';

export interface StockRoom {
  /** Every shard of these products as it is now; those of one product at one moment. @throws while others keep writing */
  read(productIds: readonly string[]): Promise<ShardLevel[]>;
  /** Every shard of a product, each as it is at a moment of its own: what is on its way may be missed or seen twice. */
  glance(product: Pick<Product, 'id' | 'shardRows'>): Promise<ShardLevel[]>;
  /** All of them or none. */
  shift(shifts: readonly Shift[]): Promise<Shifted>;
}

export interface Movements {
  /** Newest first, those before the movement `before`; at most `limit`. */
  list(productId: string, limit: number, before?: string): Promise<Movement[]>;
}

export interface Replies {
  /** The stored answer of this very request, if it was made before. */
  find(request: IdempotentRequest, now: number): Promise<Reply | Refusal | undefined>;
}
