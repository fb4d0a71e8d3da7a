import { DAY, iso } from '../../../shared/kernel/time';

export const KINDS = ['session_start', 'view', 'cart', 'order', 'click'] as const;
export type Kind = (typeof KINDS)[number];

/** What is not counted as a click, and is counted as what it is. */
export const FILTERED = ['bot', 'malformed'] as const;
export type Filtered = (typeof FILTERED)[number];

export const DEVICES = ['desktop', 'mobile', 'tablet', 'tv', 'unknown'] as const;
export type Device = (typeof DEVICES)[number];

/** A click as its client says it. */
export interface Click {
  id: string;
  kind: Kind;
  page: string;
  productId?: string;
  at: string;
  campaign?: string;
}

/** One line of the stream and of the archive: a click with all we know of it, or how many were filtered. */
export interface ClickLine {
  /** Names the click for ever: 8 bytes, base64url. */
  key: string;
  kind: Kind | Filtered;
  at: string;
  receivedAt: string;
  correlationId: string;
  /** How many of a call were filtered. */
  count?: number;
  id?: string;
  sessionId?: string;
  page?: string;
  productId?: string;
  campaign?: string;
  device?: Device;
  referrer?: string;
}

export const isFiltered = (kind: ClickLine['kind']): kind is Filtered =>
  (FILTERED as readonly string[]).includes(kind);

/** A phone may have been without a network for long; a year is a broken clock. */
const LATEST = 366 * DAY;
/** A clock set to the wrong time zone. */
const EARLIEST = DAY;

/** The time of a click as we keep it; undefined when no clock of a customer can have said it. */
export function timeOf(at: string, now: number): string | undefined {
  const time = Date.parse(at);
  return time >= now - LATEST && time <= now + EARLIEST ? iso(time) : undefined;
}

/** Without what follows the path, where people's searches and addresses stand. */
export const pageOf = (page: string): string => page.split(/[?#]/)[0] ?? '';

/** A sort key of DynamoDB has 1024 bytes; the minute and the shard take 40. */
const MAX_KEY_BYTES = 900;

/** As it stands in a sort key, between `#`. */
export const escaped = (key: string): string => key.replaceAll('%', '%25').replaceAll('#', '%23');

/** What would not fit must not reach the stream: a count that cannot be written would hold its shard back. */
export const fitsKey = (key: string): boolean =>
  key.length > 0 && new TextEncoder().encode(escaped(key)).length <= MAX_KEY_BYTES;

/** The click as it is kept, or undefined when it makes no sense. */
export function wellFormed(click: Click, now: number): Click | undefined {
  const at = timeOf(click.at, now);
  const page = pageOf(click.page);
  return at && fitsKey(page) ? { ...click, at, page } : undefined;
}
