import { orderParked } from '../../../events/order-events';
import { type Clock, iso } from '../../../shared/kernel/time';
import type { NextAction, PaymentStatus } from '../domain/order';
import { park } from '../domain/order-moves';
import type { SavesOrders } from '../ports/orders';
import { type EndOfAttempt, endAttempt } from './end-attempt';
import { basicsOf, changeWith } from './order-change';

type Parking = 'PARKED' | 'SUPERSEDED';

/** The attempt ends, the stock stays held, and a later attempt goes on from here. */
export const parkOrder = (
  { orders, clock }: { orders: SavesOrders; clock: Clock },
  command: EndOfAttempt & { paymentStatus: PaymentStatus; nextAction?: NextAction },
): Promise<{ outcome: Parking }> =>
  endAttempt<Parking>(orders, command.orderId, (order) => {
    const at = clock();
    const move = park(order, command.run, command, iso(at));
    if ('outcome' in move) return move;
    const { status, paymentStatus } = move.order;
    const steps = [...command.steps, { step: 'ParkOrder', outcome: 'PARKED', at: iso(at) }];
    // An attempt every ten minutes, or five while the provider is down, is not to be told to the customer each time.
    const asks = order.status === 'PENDING' && status === 'AWAITING_PAYMENT';
    const data = {
      ...basicsOf(move.order),
      status,
      paymentStatus,
      steps,
      ...(asks ? { asks } : {}),
    };
    return {
      outcome: 'PARKED',
      ...changeWith(move.order, orderParked, data, {
        at,
        actor: 'system',
        correlationId: command.correlationId,
      }),
    };
  });
