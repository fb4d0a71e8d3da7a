/** Series that are watched: what customers do, and what robots do. */
export const SERIES = ['clicks', 'bots'] as const;
export type Series = (typeof SERIES)[number];

/** Minutes that a minute is compared with. */
export const EARLIER_MINUTES = 15;

/** Times the usual. */
const FACTOR = 5;

export const usualOf = (earlier: readonly number[]): number =>
  earlier.reduce((total, count) => total + count, 0) / EARLIER_MINUTES;

/** Five times what the quarter of an hour before had; a quiet shop's first customers are none. */
export const isSpike = (count: number, earlier: readonly number[], least: number): boolean =>
  count >= least && count > FACTOR * usualOf(earlier);
