import { bucketOf, timeOfId } from '../../../shared/kernel/ids';
import { iso } from '../../../shared/kernel/time';
import type { Order, Progress } from '../domain/order';

/** Open orders are spread over this many partitions of the index, and read side by side. */
export const OPEN_BUCKETS = 16;

export const openBucket = (bucket: number): string => `open#${bucket}`;

/** The orders of a day are spread over this many partitions of their index. */
export const DAY_BUCKETS = 16;

export const dayBucket = (date: string, bucket: number): string => `day#${date}#${bucket}`;

/** By the time in the id, so that the order of the ids is the order of the days. */
const dayOf = ({ id, createdAt }: Pick<Order, 'id' | 'createdAt'>): string => {
  const made = timeOfId(id);
  return (made === undefined ? createdAt : iso(made)).slice(0, 10);
};

interface LineRow {
  p: string;
  n: string;
  q: number;
  u: number;
  /** Shipped, delivered, on the way back, returned; absent while nothing is. */
  s?: number;
  d?: number;
  w?: number;
  r?: number;
}

/** Short line members and one currency: a two-line order with address stays below the kilobyte of a write unit. */
export interface OrderRow extends Omit<Order, 'items' | 'total' | 'owed' | 'progress'> {
  lines: LineRow[];
  total: number;
  currency: string;
  open?: string;
  day: string;
}

const countsOf = (progress: Progress | undefined): Partial<LineRow> =>
  progress ? { s: progress.shipped, d: progress.delivered, w: progress.returning, r: progress.returned } : {};

const progressIn = (lines: LineRow[]): Order['progress'] => {
  const moved = lines.filter(({ s }) => s !== undefined);
  if (moved.length === 0) return undefined;
  return Object.fromEntries(
    moved.map(({ p, s = 0, d = 0, w = 0, r = 0 }) => [
      p,
      { shipped: s, delivered: d, returning: w, returned: r },
    ]),
  );
};

export function toRow({ items, total, owed, progress, ...rest }: Order): OrderRow {
  return {
    ...rest,
    lines: items.map(({ productId, name, quantity, unitPrice }) => ({
      p: productId,
      n: name,
      q: quantity,
      u: unitPrice.amount,
      ...countsOf(progress?.[productId]),
    })),
    total: total.amount,
    currency: total.currency,
    day: dayBucket(dayOf(rest), bucketOf(rest.id, DAY_BUCKETS)),
    open: owed ? openBucket(bucketOf(rest.id, OPEN_BUCKETS)) : undefined,
  };
}

export function fromRow({ lines, total, currency, open, day: _, ...order }: OrderRow): Order {
  const progress = progressIn(lines);
  return {
    ...order,
    items: lines.map(({ p, n, q, u }) => ({
      productId: p,
      name: n,
      quantity: q,
      unitPrice: { amount: u, currency },
    })),
    total: { amount: total, currency },
    owed: open !== undefined,
    ...(progress ? { progress } : {}),
  };
}
