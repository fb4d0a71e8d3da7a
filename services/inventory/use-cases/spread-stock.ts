import type { Product } from '../domain/product';
import { evening } from '../domain/shards';
import type { StockRoom } from '../ports/back-office';

/** Looks, each at what orders left of the stock since the last. */
const ROUNDS = 3;

/**
 * Makes a product's shards alike and empties those out of use, in one transaction, while orders go on. What stays uneven
 * because they got before it is found by every order all the same, and evened when the stock is next looked at.
 */
export async function spreadStock(
  { stockRoom }: { stockRoom: Pick<StockRoom, 'glance' | 'shift'> },
  product: Pick<Product, 'id' | 'shards' | 'shardRows'>,
): Promise<void> {
  for (let round = 1; round <= ROUNDS; round += 1) {
    // Units that are not there any more cannot be shifted, so no moment has to be held for this look.
    const shifts = evening(product.id, await stockRoom.glance(product), product.shards);
    if (shifts.length === 0 || (await stockRoom.shift(shifts)) !== 'SHORT') return;
  }
}
