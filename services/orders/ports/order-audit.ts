import type { Order } from '../domain/order';

/** Orders for whoever compares or counts them; strongly consistent, once their ids are known. */
export interface AuditsOrders {
  /** Orders that were made on a day (UTC), in pages; the last page has no cursor. */
  ofDay(day: string, cursor?: string): Promise<{ orders: Order[]; cursor?: string }>;
  /** Orders that were rejected, cancelled or settled on a day, however old they are. */
  endedOn(day: string, cursor?: string): Promise<{ orders: Order[]; cursor?: string }>;
  these(ids: readonly string[]): Promise<Order[]>;
}

export interface PagesOpenOrders {
  /** A page of the orders that an attempt still owes an end; the last page has no cursor. */
  openPage(cursor?: string): Promise<{ orders: Order[]; cursor?: string }>;
}
