import { monotonicFactory } from 'ulid';

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
  | 'shp'
  | 'ret'
  | 'img'
  | 'dev'
  | 'hook'
  | 'dlv'
  | 'exp';

const ulid = monotonicFactory();

export const newId = (prefix: IdPrefix, at?: number): string => `${prefix}_${ulid(at)}`;

/** Crockford base 32, 26 characters: https://github.com/ulid/spec */
export const idPattern = (prefix: IdPrefix): RegExp => new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`);

/** A stable spread of ids over `buckets` partitions, so that no index partition takes all writes. */
export function bucketOf(id: string, buckets: number): number {
  let hash = 0;
  for (const char of id) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash % buckets;
}
