import type { FulfilmentStatus, Order, Progress } from './order';
import type { WantedLine } from './pricing';

const NOTHING: Progress = { shipped: 0, delivered: 0, returning: 0, returned: 0 };

export const progressOf = ({ progress }: Pick<Order, 'progress'>, productId: string): Progress =>
  progress?.[productId] ?? NOTHING;

/** Every legal move of an order's fulfilment; one that stays where it is moved other lines. */
export const FULFILMENT_MOVES: Record<FulfilmentStatus, readonly FulfilmentStatus[]> = {
  UNFULFILLED: ['PARTIALLY_SHIPPED', 'SHIPPED'],
  PARTIALLY_SHIPPED: ['PARTIALLY_SHIPPED', 'SHIPPED', 'PARTIALLY_DELIVERED'],
  SHIPPED: ['SHIPPED', 'PARTIALLY_DELIVERED', 'DELIVERED'],
  PARTIALLY_DELIVERED: ['PARTIALLY_DELIVERED', 'DELIVERED', 'PARTIALLY_RETURNED'],
  DELIVERED: ['DELIVERED', 'PARTIALLY_RETURNED', 'RETURNED'],
  PARTIALLY_RETURNED: ['PARTIALLY_RETURNED', 'RETURNED'],
  RETURNED: ['RETURNED'],
};

const total = ({ items, progress }: Order, what: keyof Progress): number =>
  items.reduce((units, { productId }) => units + progressOf({ progress }, productId)[what], 0);

/** What the counts of the lines say about the whole. */
export function fulfilmentOf(order: Order): FulfilmentStatus {
  const ordered = order.items.reduce((units, { quantity }) => units + quantity, 0);
  const stages: [keyof Progress, FulfilmentStatus, FulfilmentStatus][] = [
    ['returned', 'RETURNED', 'PARTIALLY_RETURNED'],
    ['delivered', 'DELIVERED', 'PARTIALLY_DELIVERED'],
    ['shipped', 'SHIPPED', 'PARTIALLY_SHIPPED'],
  ];
  for (const [stage, all, some] of stages) {
    const units = total(order, stage);
    if (units > 0) return units === ordered ? all : some;
  }
  return 'UNFULFILLED';
}

/** True once every line is at least so far. */
export const isAll = (order: Order, stage: 'shipped' | 'delivered'): boolean =>
  order.items.every(({ productId, quantity }) => progressOf(order, productId)[stage] === quantity);

/** How many units of a line the order has; none of a product that is not in it. */
export const ordered = ({ items }: Order, productId: string): number =>
  items.find((item) => item.productId === productId)?.quantity ?? 0;

/** The lines go so many units further. */
export function moveLines(order: Order, lines: readonly WantedLine[], by: Partial<Progress>): Order {
  const progress = { ...order.progress };
  for (const { productId, quantity } of lines) {
    const { shipped, delivered, returning, returned } = progress[productId] ?? NOTHING;
    progress[productId] = {
      shipped: shipped + (by.shipped ?? 0) * quantity,
      delivered: delivered + (by.delivered ?? 0) * quantity,
      returning: returning + (by.returning ?? 0) * quantity,
      returned: returned + (by.returned ?? 0) * quantity,
    };
  }
  return { ...order, progress };
}

/** The next version of an order, with the fulfilment its counts say. @throws Error for a move the table has not: a fault of the program. */
export function standing(before: Order, counted: Order, at: string): Order {
  const fulfilmentStatus = fulfilmentOf(counted);
  if (!FULFILMENT_MOVES[before.fulfilmentStatus].includes(fulfilmentStatus))
    throw new Error(`Fulfilment cannot go from ${before.fulfilmentStatus} to ${fulfilmentStatus}`);
  return { ...counted, fulfilmentStatus, version: before.version + 1, updatedAt: at };
}

/** Equal products become one line. */
export function mergedLines(lines: readonly WantedLine[]): WantedLine[] {
  const merged = new Map<string, number>();
  for (const { productId, quantity } of lines) merged.set(productId, (merged.get(productId) ?? 0) + quantity);
  return [...merged].map(([productId, quantity]) => ({ productId, quantity }));
}

/** Why lines cannot move: one that the order has not, or more units than there are. */
export type LineTrouble =
  | { outcome: 'NOT_IN_ORDER'; productId: string }
  | { outcome: 'TOO_MANY'; productId: string; left: number };

/** The first line that asks for more than is left of it. */
export function troubleWith(
  order: Order,
  lines: readonly WantedLine[],
  left: (productId: string) => number,
): LineTrouble | undefined {
  for (const { productId, quantity } of lines) {
    if (ordered(order, productId) === 0) return { outcome: 'NOT_IN_ORDER', productId };
    if (quantity > left(productId)) return { outcome: 'TOO_MANY', productId, left: left(productId) };
  }
  return undefined;
}
