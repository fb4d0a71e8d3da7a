import type { Product } from '../domain/product';
import { evening } from '../domain/shards';
import type { StockRoom } from '../ports/back-office';

/** Looks, each at what orders left of the stock since the last. */
const ROUNDS = 3;

/**
 * Makes a product's shards alike and empties those out of use, while orders go on: all shifts in one transaction, and
 * where orders get before it, in the last round each alone. What stays uneven is found by every order all the same.
 */
export async function spreadStock(
  { stockRoom }: { stockRoom: StockRoom },
  { id, shards }: Pick<Product, 'id' | 'shards'>,
): Promise<void> {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const shifts = evening(id, await stockRoom.read([id]), shards);
    if (shifts.length === 0) return;
    if (round < ROUNDS && (await stockRoom.shift(shifts))) return;
    if (round === ROUNDS) for (const shift of shifts) await stockRoom.shift([shift]);
  }
}
