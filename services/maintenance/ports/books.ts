import type { BookedOrder, BookedPayment, BookedStock, Disagreement, ProviderCharge } from '../domain/books';

/** Another service's function failed, or answered what this version does not know. */
export class Unanswered extends Error {
  override name = 'Unanswered';
}

/** The three books, each kept by its own service. Reads are strongly consistent. */
export interface OrderBook {
  ofDay(
    day: string,
    cursor?: string,
    changedSince?: string,
  ): Promise<{ items: BookedOrder[]; cursor?: string }>;
  /** Rejected, cancelled or settled on a day, however old they are. */
  endedOn(day: string, cursor?: string): Promise<{ items: BookedOrder[]; cursor?: string }>;
  these(ids: readonly string[]): Promise<BookedOrder[]>;
  /** Only if the order is as it was seen, and nothing was recorded of it for so long. True: its next attempt is asked for. */
  raise(order: BookedOrder, quietSeconds: number): Promise<boolean>;
}

export interface PaymentBook {
  these(orderIds: readonly string[]): Promise<BookedPayment[]>;
  /** With what the provider says of each now. */
  asked(orderIds: readonly string[]): Promise<{ payments: BookedPayment[]; charges: ProviderCharge[] }>;
  chargesSince(since: string, cursor?: string): Promise<{ charges: ProviderCharge[]; cursor?: string }>;
}

export interface StockBook {
  these(orderIds: readonly string[]): Promise<BookedStock[]>;
}

export interface Found {
  orderId: string;
  disagreements: Disagreement[];
}

export interface Alarms {
  /** Each with its order's id. */
  raise(found: readonly Found[]): Promise<void>;
}
