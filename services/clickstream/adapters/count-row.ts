import { bucketOf } from '../../../shared/kernel/ids';
import { DAY, epochSeconds } from '../../../shared/kernel/time';
import type { Cell, Dimension } from '../domain/cell';
import { escaped } from '../domain/click';

/** A day of a dimension lies in this many partitions, so that a busy minute has more than one. */
export const BUCKETS = 4;

/** Thirteen months, so that a year can be compared with the one before. */
const RETENTION = 400 * DAY;

export const dayPartition = (dimension: Dimension, day: string, bucket: number): string =>
  `${dimension}#${day}#${bucket}`;

/** `12:05` of a minute. */
export const clockOf = (minute: string): string => minute.slice(11, 16);

/** One minute of one key; what follows it is the shard that counts. */
export const sortPrefix = (minute: string, key: string): string => `${clockOf(minute)}#${escaped(key)}#`;

export const keyOf = ({ dimension, minute, key }: Cell, shardId: string) => ({
  pk: dayPartition(dimension, minute.slice(0, 10), bucketOf(key, BUCKETS)),
  sk: sortPrefix(minute, key) + shardId,
});

/** A minute of last year is kept from now on. */
export const expiryOf = (minute: string, now: number): number =>
  epochSeconds(Math.max(Date.parse(minute), now - RETENTION + 30 * DAY) + RETENTION);

/** Members of a row that are no counts. */
export const OWN = ['pk', 'sk', 'minute', 'key', 'ttl'];
