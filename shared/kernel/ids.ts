import { decodeTime, encodeTime, monotonicFactory } from 'ulid';

/** What an id names, readable in a log. The ULID behind it sorts by the time it was made. */
export type IdPrefix =
  | 'ord'
  | 'evt'
  | 'prd'
  | 'pay'
  | 'rfd'
  | 'chg'
  | 'cor'
  | 'msg'
  | 'aud'
  | 'mov'
  | 'shp'
  | 'ret'
  | 'img'
  | 'dev'
  | 'hook'
  | 'dlv'
  | 'exp'
  | 'gst';

const ulid = monotonicFactory();

export const newId = (prefix: IdPrefix, at?: number): string => `${prefix}_${ulid(at)}`;

/** Crockford base 32, 26 characters: https://github.com/ulid/spec */
export const idPattern = (prefix: IdPrefix): RegExp => new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`);

/** When the id was made, or undefined for one that has no ULID in it. */
export function timeOfId(id: string): number | undefined {
  try {
    return decodeTime(id.slice(id.indexOf('_') + 1));
  } catch {
    return undefined;
  }
}

const TIME_LENGTH = 10;

/** The lowest id that can be made at this time: every id made since sorts at or above it. */
export const lowestIdAt = (prefix: IdPrefix, at: number): string =>
  `${prefix}_${encodeTime(at, TIME_LENGTH)}${'0'.repeat(16)}`;

/** A stable spread of ids over `buckets` partitions, so that no index partition takes all writes. */
export function bucketOf(id: string, buckets: number): number {
  let hash = 0;
  for (const char of id) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash % buckets;
}
