import { orderCancelled, orderRejected, orderSettled, type StepRecord } from '../../../events/order-events';
import { type Clock, iso } from '../../../shared/kernel/time';
import type { Order, PaymentStatus, RejectionReason } from '../domain/order';
import { reject } from '../domain/order-moves';
import type { Change, SavesOrders } from '../ports/orders';
import { type EndOfAttempt, endAttempt } from './end-attempt';
import { basicsOf, changeWith, contentOf } from './order-change';

type Ending = 'REJECTED' | 'CANCELLED' | 'SHIPPED' | 'DELIVERED' | 'SUPERSEDED';

/** The order ends, without effect or with what was sent of it: the rest has been given back by the steps before. */
export const rejectOrder = (
  { orders, clock }: { orders: SavesOrders; clock: Clock },
  command: EndOfAttempt & { reason: RejectionReason | undefined; paymentStatus: PaymentStatus },
): Promise<{ outcome: Ending }> =>
  endAttempt<Ending>(orders, command.orderId, (order) => {
    const at = clock();
    const move = reject(order, command.run, command, iso(at));
    if ('outcome' in move) {
      return { outcome: move.outcome === 'ENDED' ? (order.status as Ending) : move.outcome };
    }
    const outcome = move.order.status as Ending;
    const steps = [...command.steps, { step: 'RejectOrder', outcome, at: iso(at) }];
    return {
      outcome,
      ...ending(order, move.order, steps, { at, actor: 'system', correlationId: command.correlationId }),
    };
  });

function ending(
  before: Order,
  order: Order,
  steps: StepRecord[],
  circumstances: { at: number; actor: 'system'; correlationId: string },
): Change {
  const { paymentStatus } = order;
  if (before.status === order.status) {
    return changeWith(order, orderSettled, { ...basicsOf(order), paymentStatus, steps }, circumstances);
  }
  if (order.status === 'REJECTED') {
    const reason = order.rejectionReason as RejectionReason;
    return changeWith(
      order,
      orderRejected,
      { ...contentOf(order), reason, paymentStatus, steps },
      circumstances,
    );
  }
  return changeWith(order, orderCancelled, { ...contentOf(order), steps }, circumstances);
}
