import type { StepRecord } from '../../../events/order-events';
import { type Clock, iso } from '../../../shared/kernel/time';
import { firstGuess, givingBack, type Line } from '../domain/stock';
import type { StockLevels } from '../ports/reservations';
import type { Restocks } from '../ports/restocks';
import { stepRecord } from './settle';

export interface RestockReturn {
  orderId: string;
  returnId: string;
  correlationId: string;
  /** One line a product; none where nothing of the return can be sold again. */
  lines: Line[];
}

/** What came back and can be sold again is in the stock, once, however often this runs. */
export async function restockReturn(
  { restocks, stock, clock }: { restocks: Restocks; stock: Pick<StockLevels, 'shardsOf'>; clock: Clock },
  { orderId, returnId, correlationId, lines }: RestockReturn,
): Promise<{ outcome: 'RESTOCKED'; step: StepRecord }> {
  const now = clock();
  if (lines.length > 0) {
    const shards = await stock.shardsOf(lines.map(({ productId }) => productId));
    const back = givingBack(firstGuess(orderId, lines, shards));
    await restocks.book({ returnId, stock: back, at: iso(now), correlationId });
  }
  return { outcome: 'RESTOCKED', step: stepRecord('RestockReturn', 'RESTOCKED', now) };
}
