import type { Product } from '../domain/product';
import { evening } from '../domain/shards';
import type { StockRoom } from '../ports/back-office';

/** Looks, each at what orders left of the stock since the last. */
const ROUNDS = 3;

/**
 * Makes a product's shards alike and empties those out of use, while orders go on. Each shift is a transaction of its
 * own; one that an order got before is looked at again. What stays uneven is found by every order all the same.
 */
export async function spreadStock(
  { stockRoom }: { stockRoom: StockRoom },
  { id, shards }: Pick<Product, 'id' | 'shards'>,
): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const shifts = evening(id, await stockRoom.read([id]), shards);
    const shifted: boolean[] = [];
    for (const shift of shifts) shifted.push(await stockRoom.shift(shift));
    if (shifted.every(Boolean)) return;
  }
}
