import type { Order } from './order';

/** What a stage calls too much to go on unseen: a total in minor units of the order's currency, and a score. */
export interface ReviewLimits {
  above: number;
  score: number;
}

export const MANY_UNITS = 500;
export const BULK_OF_ONE = 250;

interface Signal {
  points: number;
  seen: (order: Order, limits: ReviewLimits) => boolean;
}

const units = ({ items }: Order): number => items.reduce((total, { quantity }) => total + quantity, 0);

/** Each is read from the order alone and counts once, so a score lies between 0 and 100. */
export const SIGNALS: Record<string, Signal> = {
  /** More than a household takes: goods that are bought to be sold on. */
  MANY_UNITS: { points: 50, seen: (order) => units(order) >= MANY_UNITS },
  /** The same, of one product. */
  BULK_OF_ONE: { points: 30, seen: ({ items }) => items.some(({ quantity }) => quantity >= BULK_OF_ONE) },
  /** An amount chosen to stay below the one that is looked at. */
  NEAR_THE_LIMIT: { points: 20, seen: ({ total }, { above }) => total.amount > 0.9 * above },
};

export const riskScore = (order: Order, limits: ReviewLimits): number =>
  Object.values(SIGNALS).reduce((sum, { points, seen }) => sum + (seen(order, limits) ? points : 0), 0);

export type Suspicion = 'ABOVE_THRESHOLD' | 'SUSPICIOUS';

/** Why staff are to look at the order before anything is reserved; undefined when they need not. */
export function suspicionOf(order: Order, limits: ReviewLimits): Suspicion | undefined {
  if (order.total.amount > limits.above) return 'ABOVE_THRESHOLD';
  return riskScore(order, limits) >= limits.score ? 'SUSPICIOUS' : undefined;
}
