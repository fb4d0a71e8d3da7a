import type { Order } from '../domain/order';

/** Where orders are found: those of a day, of a customer, of a guest's address, with a parcel of this number. */
export type Found =
  | { date: string }
  | { customerId: string }
  | { emailHash: string }
  | { trackingNumber: string };

export interface SearchesOrders {
  /**
   * The newest ids of these together, from `from` on and below `before`, at most `limit`; `more` when others may
   * follow below the last.
   */
  newestIds(
    where: Found[],
    range: { from: string; before: string; limit: number },
  ): Promise<{ ids: string[]; more: boolean }>;
  /** In the order of the ids; what is not there is left out. */
  getAll(ids: string[]): Promise<Order[]>;
}
