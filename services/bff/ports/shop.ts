import type { Refusal } from '../../../shared/kernel/refusal';
import type { HistoryEntry, Order, Product } from '../domain/shop';

/**
 * The public API as its caller may see it. Each call ends after `within` milliseconds.
 * @throws Error when the answer did not come in time, or was no answer.
 */
export interface Shop {
  products(limit: number, within: number): Promise<Product[]>;
  product(id: string, within: number): Promise<Product>;
  orders(limit: number, within: number): Promise<Order[]>;
  /** A refusal for an order that is not there, or is another's. */
  order(id: string, within: number): Promise<Order | Refusal>;
  history(id: string, within: number): Promise<HistoryEntry[]>;
}
