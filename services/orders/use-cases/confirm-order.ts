import { orderConfirmed } from '../../../events/order-events';
import { type Clock, iso } from '../../../shared/kernel/time';
import type { PaymentStatus } from '../domain/order';
import { confirm } from '../domain/order-moves';
import type { SavesOrders } from '../ports/orders';
import { type EndOfAttempt, endAttempt } from './end-attempt';
import { changeWith, contentOf } from './order-change';

export type Confirmation = 'CONFIRMED' | 'CANCEL' | 'SUPERSEDED';

/** Paid and its stock taken: the order stands, unless its customer wanted out before. */
export const confirmOrder = (
  { orders, clock }: { orders: SavesOrders; clock: Clock },
  { orderId, run, correlationId, steps, paymentStatus }: EndOfAttempt & { paymentStatus: PaymentStatus },
): Promise<{ outcome: Confirmation }> =>
  endAttempt<Confirmation>(orders, orderId, (order) => {
    const at = clock();
    const move = confirm(order, run, paymentStatus, iso(at));
    if ('outcome' in move) return move;
    const ended = [...steps, { step: 'ConfirmOrder', outcome: 'CONFIRMED', at: iso(at) }];
    const data = { ...contentOf(move.order), paymentStatus: move.order.paymentStatus, steps: ended };
    return {
      outcome: 'CONFIRMED',
      ...changeWith(move.order, orderConfirmed, data, { at, actor: 'system', correlationId }),
    };
  });
