import { bucketOf } from '../../../shared/kernel/ids';
import type { Order } from '../domain/order';

/** Open orders are spread over this many partitions of the index, and read side by side. */
export const OPEN_BUCKETS = 16;

export const openBucket = (bucket: number): string => `open#${bucket}`;

interface LineRow {
  p: string;
  n: string;
  q: number;
  u: number;
}

/** Short line members and one currency: a two-line order with address stays below the kilobyte of a write unit. */
export interface OrderRow extends Omit<Order, 'items' | 'total' | 'owed'> {
  lines: LineRow[];
  total: number;
  currency: string;
  open?: string;
}

export function toRow({ items, total, owed, ...order }: Order): OrderRow {
  return {
    ...order,
    lines: items.map(({ productId, name, quantity, unitPrice }) => ({
      p: productId,
      n: name,
      q: quantity,
      u: unitPrice.amount,
    })),
    total: total.amount,
    currency: total.currency,
    open: owed ? openBucket(bucketOf(order.id, OPEN_BUCKETS)) : undefined,
  };
}

export function fromRow({ lines, total, currency, open, ...order }: OrderRow): Order {
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
  };
}
