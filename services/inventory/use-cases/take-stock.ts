import { moved, type Reservation } from '../domain/reservation';
import {
  firstGuess,
  type Line,
  type ReservedLine,
  type Shortage,
  shortages,
  split,
  taking,
} from '../domain/stock';
import type { Reservations, StockLevels } from '../ports/reservations';
import { type Carried, Contended } from './settle';

export interface Taking<Outcome> {
  found: Reservation | undefined;
  lines: readonly Line[];
  /** The row once its lines are taken. */
  become: (lines: ReservedLine[]) => Omit<Reservation, 'version'>;
  outcome: Outcome;
}

/** OUT_OF_STOCK says of which lines, and by how much. */
export type Taken<Outcome> = Carried<Outcome> | { outcome: 'OUT_OF_STOCK'; short: Shortage[] };

/** Looks at the shards and tries, while other orders take what was just seen. */
const TRIES = 5;

/**
 * All lines or none: first each line from the order's own shard, unseen; when a shard has too little, from as many as
 * it takes of what all shards really have. Too little in all of them is the only OUT_OF_STOCK.
 * @throws Contended when others kept taking what was seen, though there was enough each time
 */
export async function takeStock<Outcome extends string>(
  { reservations, stock }: { reservations: Reservations; stock: StockLevels },
  orderId: string,
  { found, lines, become, outcome }: Taking<Outcome>,
): Promise<Taken<Outcome>> {
  const productIds = lines.map(({ productId }) => productId);
  let plan: ReservedLine[] | undefined = firstGuess(orderId, lines, await stock.shardsOf(productIds));
  for (let tries = 0; tries < TRIES; tries += 1) {
    const saved = await reservations.save({ ...moved(found, become(plan)), stock: taking(plan) });
    if (saved.saved) return { outcome };
    if (!saved.short) return { found: saved.found };
    const levels = await stock.read(productIds);
    plan = split(orderId, lines, levels);
    if (!plan) return { outcome: 'OUT_OF_STOCK', short: shortages(lines, levels) };
  }
  throw new Contended(`Stock that was seen was taken by others ${TRIES} times`);
}
