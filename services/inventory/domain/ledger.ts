import type { Reservation } from './reservation';

/** A movement that no order made: its own row. What orders hold, buy and give back is in their reservations. */
export interface Movement {
  productId: string;
  /** Sorts by time. */
  id: string;
  kind: 'opening' | 'restock' | 'adjust' | 'return';
  /** Units that came (positive) or went. */
  units: number;
  reason: string;
  /** The `sub` of a member of staff, or `system`. */
  actor: string;
  at: string;
  correlationId: string;
}

/** A return puts back so much of a product once, however often it is told: its movement is named after it. */
export const returnMovementId = (returnId: string): string => `mov_${returnId.slice('ret_'.length)}`;

/** Units that an order has out of the stock. */
const OUT: readonly Reservation['state'][] = ['HELD', 'COMMITTED'];

/** The stock of each product as its movements make it: below zero by what is on backorder. */
export function replay(
  movements: Iterable<Pick<Movement, 'productId' | 'units'>>,
  reservations: Iterable<Pick<Reservation, 'state' | 'lines'>>,
): Map<string, number> {
  const stock = new Map<string, number>();
  const add = (productId: string, units: number) => stock.set(productId, (stock.get(productId) ?? 0) + units);
  for (const { productId, units } of movements) add(productId, units);
  for (const { state, lines } of reservations) {
    if (!OUT.includes(state)) continue;
    for (const { productId, quantity } of lines) add(productId, -quantity);
  }
  return stock;
}
