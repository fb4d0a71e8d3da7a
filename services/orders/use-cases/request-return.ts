import { returnRequested } from '../../../events/fulfilment-events';
import type { Reply } from '../../../shared/kernel/idempotency';
import { newId } from '../../../shared/kernel/ids';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { DAY, iso } from '../../../shared/kernel/time';
import type { Order } from '../domain/order';
import {
  type OrderReturn,
  type Returning,
  type ReturnLine,
  requestReturn as request,
} from '../domain/order-return';
import {
  changeFulfilment,
  type FulfilmentCommand,
  type FulfilmentPorts,
  NO_ORDER,
  refuseLine,
} from './change-fulfilment';
import { eventLines } from './fulfilment-change';
import { basicsOf, changeWith } from './order-change';

export interface RequestReturn extends FulfilmentCommand {
  customerId: string;
  lines: ReturnLine[];
}

type Ports = FulfilmentPorts & {
  /** How long after the last delivery a customer may send back. */
  windowDays: number;
  answer: (one: OrderReturn, order: Order) => Reply;
};

const WORDS = {
  notThere: 'This product is not in the order.',
  left: (units: number) =>
    units === 0 ? 'None of it is left to be returned.' : `Only ${units} of it can be returned.`,
};

/** The customer announces what comes back; nothing is refunded before staff have it in hand. */
export const requestReturn = (ports: Ports, command: RequestReturn): Promise<Reply | Refusal> =>
  changeFulfilment(ports, command, async (order, now) => {
    if (order.customerId !== command.customerId) return NO_ORDER;
    const { correlationId, lines, request: asked } = command;
    const replyKeys = [asked.recordKey];
    const wanted = { id: newId('ret', now), lines, correlationId, replyKeys };
    const move = request(order, wanted, { now, at: iso(now), window: ports.windowDays * DAY });
    if (!('outcome' in move)) {
      return { change: requested(move, correlationId, now), reply: ports.answer(move.return, move.order) };
    }
    switch (move.outcome) {
      case 'NOT_DELIVERED':
        return refuse('ILLEGAL_TRANSITION', 'Only what has been delivered can be returned.');
      case 'WINDOW_OVER':
        return refuse('ILLEGAL_TRANSITION', `Returns end ${ports.windowDays} days after delivery.`);
      default:
        return refuseLine(move, lines, WORDS);
    }
  });

function requested({ order, return: one }: Returning, correlationId: string, at: number) {
  const data = { ...basicsOf(order), returnId: one.id, items: eventLines(order, one.lines) };
  return {
    ...changeWith(order, returnRequested, data, { at, actor: 'customer', correlationId }),
    return: one,
  };
}
