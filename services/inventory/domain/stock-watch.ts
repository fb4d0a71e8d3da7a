import { SECOND } from '../../../shared/kernel/time';

/** What is known of a product's stock and its threshold. */
export interface StockWatch {
  productId: string;
  low: boolean;
  /** How often the stock fell below the threshold; names the alert. */
  crossing: number;
  /** Whether the last crossing was told; its teller claimed it then (milliseconds). */
  told: boolean;
  claimedAt: number;
  version: number;
}

export interface Look {
  productId: string;
  low: boolean;
  /** The stock began below the threshold: a product that starts low has crossed nothing. */
  startedLow: boolean;
  now: number;
}

/** The watch after a look; undefined when it stays as it is. Back above the threshold arms it anew. */
export function watchAfter(
  found: StockWatch | undefined,
  { productId, low, startedLow, now }: Look,
): StockWatch | undefined {
  if ((found?.low ?? false) === low) return undefined;
  const before = found ?? { productId, crossing: 0, told: true, claimedAt: now, version: 0 };
  const crosses = low && !(startedLow && !found);
  return {
    ...before,
    low,
    ...(crosses ? { crossing: before.crossing + 1, told: false, claimedAt: now } : {}),
    version: before.version + 1,
  };
}

/** Longer than a reader of the stream may run. */
const CLAIM = 12 * SECOND;

/** Nobody is telling it any more. */
export const isAbandoned = ({ claimedAt }: StockWatch, now: number): boolean => claimedAt + CLAIM <= now;
