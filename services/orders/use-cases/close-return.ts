import { returnClosed } from '../../../events/fulfilment-events';
import type { Money } from '../../../shared/kernel/money';
import { type Clock, iso } from '../../../shared/kernel/time';
import { close } from '../domain/order-return';
import type { PaymentNews } from '../domain/payment-moves';
import type { FulfilsOrders } from '../ports/fulfilment';
import { standingOf } from './fulfilment-change';
import { basicsOf, changeWith } from './order-change';

export interface CloseReturn {
  orderId: string;
  returnId: string;
  correlationId: string;
  refunded: Money;
  /** The payment after the refund. */
  payment: PaymentNews;
}

const TRIES = 5;

/**
 * The money is back and so is the stock: the return ends. A repeat finds it ended and gives the same answer.
 * @throws Error when other writers keep winning: the machine retries, then fails.
 */
export async function closeReturn(
  { orders, clock }: { orders: FulfilsOrders; clock: Clock },
  { orderId, returnId, correlationId, ...end }: CloseReturn,
): Promise<{ outcome: 'REFUNDED' | 'NOT_FOUND' }> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const at = clock();
    const order = await orders.get(orderId);
    const found = order && (await orders.return(orderId, returnId));
    if (!order || !found) return { outcome: 'NOT_FOUND' };
    const move = close(order, found, end, iso(at));
    if ('outcome' in move) {
      if (move.outcome === 'CLOSED') return { outcome: 'REFUNDED' };
      throw new Error(`Return ${returnId} is ${found.status}: there is nothing to close`);
    }
    const data = {
      ...basicsOf(move.order),
      ...standingOf(move.order),
      returnId,
      outcome: 'REFUNDED',
      amount: end.refunded,
    };
    const change = changeWith(move.order, returnClosed, data, { at, actor: 'system', correlationId });
    if ((await orders.save({ ...change, return: move.return })).saved) return { outcome: 'REFUNDED' };
  }
  throw new Error(`Order ${orderId} keeps being changed by others`);
}
