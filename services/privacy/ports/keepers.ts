import type { Kind, Person, Place } from '../domain/person-request';

/** Whom staff mean. */
export interface Named {
  customerId?: string;
  /** Of a guest. */
  orderId?: string;
  email?: string;
}

export interface FindsPeople {
  /**
   * Undefined when there is nobody by this name. What is told goes to who has the address: an account that never showed it
   * to be theirs is not told, but erased with it.
   */
  find(named: Named, kind: Kind): Promise<Person | undefined>;
}

export interface OrdersPage {
  orderIds: string[];
  open: string[];
  orders: unknown[];
  /** Below which the next page begins. */
  next?: string;
}

/** The services that keep something of a person; each erases its own, and twice changes nothing. */
export interface Keepers {
  orders(person: Person, place: Place, content: boolean): Promise<OrdersPage>;
  /** The orders that could not be erased since they are open. */
  eraseOrders(orderIds: string[]): Promise<{ open: string[] }>;
  payments(orderIds: string[]): Promise<unknown[]>;
  /** Orders with money on its way back, in which case none was erased; `check` only says which these are. */
  erasePayments(orderIds: string[], check: boolean): Promise<{ open: string[] }>;
  account(customerId: string): Promise<unknown>;
  eraseAccount(customerId: string): Promise<void>;
  /** What the push services know of the customer's devices. */
  eraseDevices(customerId: string): Promise<void>;
}

export interface ExportFiles {
  write(file: string, content: unknown): Promise<void>;
  /** All exports that were filed under one of these names. */
  eraseAll(folders: string[]): Promise<void>;
}

export interface ShowsExportFiles {
  /** An address that opens the file for a quarter of an hour. */
  link(file: string): Promise<string>;
}
