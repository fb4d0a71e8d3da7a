import { createHash } from 'node:crypto';
import { HOUR, iso, MINUTE, SECOND } from '../../../shared/kernel/time';

/** Whose changes a connection hears: all orders of a customer, or the one order that a guest's link opens. */
export type Audience = { customerId: string } | { orderId: string };

export interface Connection {
  id: string;
  /** As `audienceKey` writes it. */
  audience: string;
  openedAt: string;
}

/** Long enough for a handshake, too short to be found in a log. */
export const TICKET_LIFE = 30 * SECOND;

/** API Gateway ends every connection after two hours: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
export const CONNECTION_LIFE = 2 * HOUR;

/** Pages that one customer, or the holders of one guest's link, have open; the oldest makes room. */
export const MOST_CONNECTIONS = 10;

/** Longer than the handshake may take, during which a message to the connection is answered like one to a dead one. */
const OPENING = 10 * SECOND;

const CUSTOMER = 'customer#';
const ORDER = 'order#';

export const audienceKey = (audience: Audience): string =>
  'customerId' in audience ? CUSTOMER + audience.customerId : ORDER + audience.orderId;

export const audienceOf = (key: string): Audience =>
  key.startsWith(ORDER) ? { orderId: key.slice(ORDER.length) } : { customerId: key.slice(CUSTOMER.length) };

/** What is kept of a ticket: who reads the table cannot open a connection by it. */
export const ticketHash = (ticket: string): string => createHash('sha256').update(ticket).digest('base64url');

/** The earliest opening of a connection that may still be there. */
export const oldestOpening = (now: number): string => iso(now - CONNECTION_LIFE);

export const mayStillOpen = ({ openedAt }: Connection, now: number): boolean =>
  Date.parse(openedAt) > now - OPENING;

/** Frames of one connection are counted by the minute. */
export const MOST_FRAMES = 60;
export const minuteOf = (now: number): number => Math.floor(now / MINUTE);

/** Who is over the limit when one more comes, the oldest first. */
export function crowdedOut(connections: Connection[], newest: string): Connection[] {
  const others = connections.filter(({ id }) => id !== newest);
  const oldestFirst = others.sort((a, b) => (a.openedAt < b.openedAt ? -1 : 1));
  return oldestFirst.slice(0, Math.max(0, others.length - (MOST_CONNECTIONS - 1)));
}
