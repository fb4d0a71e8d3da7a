import type { StockChange } from '../domain/stock';

/** What came back of one order by one return. */
export interface Restock {
  returnId: string;
  stock: StockChange[];
  at: string;
  correlationId: string;
}

export interface Restocks {
  /** A movement of the ledger for each product, and its units, in one transaction; nothing where that was done before. */
  book(restock: Restock): Promise<void>;
}
