import { choiceAsked, orderHeld } from '../../../events/hold-events';
import type { StepRecord } from '../../../events/order-events';
import type { Clock } from '../../../shared/kernel/time';
import { iso } from '../../../shared/kernel/time';
import type { Order } from '../domain/order';
import { askCustomer, holdForReview, type Shortage } from '../domain/order-holds';
import type { Change, SavesOrders } from '../ports/orders';
import { type EndOfAttempt, endAttempt } from './end-attempt';
import { basicsOf, changeWith } from './order-change';

type Holding = 'IN_REVIEW' | 'AWAITING_CUSTOMER' | 'CANCEL' | 'OUT_OF_STOCK' | 'SUPERSEDED';

export interface HoldOrder extends EndOfAttempt {
  /** Why the order does not go on by itself. */
  reason: string;
  /** What is sold out of it: then its customer is asked; without it staff are. */
  short?: Shortage[];
}

/** The attempt ends with nothing held and nothing charged; a decision, or the lack of one, asks for the next. */
export const holdOrder = (
  { orders, clock }: { orders: SavesOrders; clock: Clock },
  command: HoldOrder,
): Promise<{ outcome: Holding }> =>
  endAttempt<Holding>(orders, command.orderId, (order) => {
    const at = clock();
    const { run, short } = command;
    const move = short ? askCustomer(order, run, short, at) : holdForReview(order, run, at);
    if ('order' in move) {
      const outcome = move.order.status as Holding;
      const steps = [...command.steps, { step: 'HoldOrder', outcome, at: iso(at) }];
      return { outcome, ...news(move.order, command, steps, at) };
    }
    if (move.outcome === 'WAITS') return { outcome: order.status as Holding };
    return { outcome: move.outcome === 'NOTHING_LEFT' ? 'OUT_OF_STOCK' : move.outcome };
  });

function news(order: Order, command: HoldOrder, steps: StepRecord[], at: number): Change {
  const { proposal, decideBy = '' } = order;
  const circumstances = { at, actor: 'system', correlationId: command.correlationId } as const;
  return proposal
    ? changeWith(order, choiceAsked, { ...basicsOf(order), ...proposal, steps }, circumstances)
    : changeWith(
        order,
        orderHeld,
        { ...basicsOf(order), because: command.reason, decideBy, steps },
        circumstances,
      );
}
