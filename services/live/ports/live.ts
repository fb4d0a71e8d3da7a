import type { Audience, Connection } from '../domain/connection';
import type { Order } from '../domain/frames';

export interface Tickets {
  /** A ticket that nobody can guess, good until then and for one connection. */
  issue(audience: Audience, expiresAt: number): Promise<string>;
  /** Takes it, so that it is good for nobody else; undefined for one that was taken, expired or never was. */
  take(ticket: string, now: number): Promise<Audience | undefined>;
}

export interface Connections {
  open(connection: Connection): Promise<void>;
  /** Nothing happens to one that is gone already. */
  forget(id: string): Promise<void>;
  /** Those opened since, in any order; one opened this moment may be missing. */
  of(audience: Audience, openedSince: string): Promise<Connection[]>;
  /** Counts a frame of this minute. */
  hear(id: string, minute: number): Promise<{ audience: Audience } | 'UNKNOWN' | 'TOO_MANY'>;
}

export interface KeptConnections {
  /** All there are, in pages of no order; the last page has no cursor. */
  kept(cursor?: string): Promise<{ connections: Connection[]; cursor?: string }>;
}

/** The other ends of the connections. */
export interface Pages {
  /** GONE: it is closed. SLOW: it takes nothing in time, again and again. */
  send(connectionId: string, frame: object): Promise<'SENT' | 'GONE' | 'SLOW'>;
  close(connectionId: string): Promise<void>;
}

export interface KnowsPages {
  isOpen(connectionId: string): Promise<boolean>;
}

export interface Snapshot {
  customerId: string;
  /** Opened by a guest's link alone: joined to an account, or erased, it is not any more. */
  isGuests: boolean;
  order: Order;
}

/** What orders says of an order, as it is now; undefined for one that is not there, or not theirs. */
export interface Orders {
  ofCustomer(orderId: string, customerId: string): Promise<Snapshot | undefined>;
  openedBy(orderId: string, guestToken: string): Promise<Snapshot | undefined>;
  whosoever(orderId: string): Promise<Snapshot | undefined>;
}
