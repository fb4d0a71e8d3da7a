import { returnClosed, returnReceived } from '../../../events/fulfilment-events';
import type { Reply } from '../../../shared/kernel/idempotency';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { iso } from '../../../shared/kernel/time';
import type { Order } from '../domain/order';
import { type OrderReturn, type ReceivedLine, type Returning, receive } from '../domain/order-return';
import type { FulfilmentChange } from '../ports/fulfilment';
import {
  changeFulfilment,
  type FulfilmentCommand,
  type FulfilmentPorts,
  refuseLine,
} from './change-fulfilment';
import { eventLines, standingOf } from './fulfilment-change';
import { basicsOf, changeWith } from './order-change';

export interface ReceiveReturn extends FulfilmentCommand {
  returnId: string;
  staffId: string;
  lines: ReceivedLine[];
}

type Ports = FulfilmentPorts & { answer: (one: OrderReturn, order: Order) => Reply };

const WORDS = {
  notThere: 'This product is not in the return.',
  left: (units: number) => `The customer announced ${units} of it.`,
};

/** The goods are in hand: what is accepted is refunded and restocked by the return's machine. */
export const receiveReturn = (ports: Ports, command: ReceiveReturn): Promise<Reply | Refusal> =>
  changeFulfilment(ports, command, async (order, now) => {
    const found = await ports.orders.return(order.id, command.returnId);
    if (!found) return refuse('NOT_FOUND', 'The order has no such return.');
    const { correlationId, lines } = command;
    const move = receive(order, found, lines, { at: iso(now), correlationId });
    if (!('outcome' in move)) {
      return { change: received(move, command, now), reply: ports.answer(move.return, move.order) };
    }
    if (move.outcome !== 'RECEIVED_ALREADY') return refuseLine(move, lines, WORDS);
    return refuse('ILLEGAL_TRANSITION', `A return that is ${found.status} cannot be received again.`);
  });

function received(
  move: Returning,
  { staffId, correlationId, request }: ReceiveReturn,
  at: number,
): FulfilmentChange {
  const { order } = move;
  const one = { ...move.return, replyKeys: [...(move.return.replyKeys ?? []), request.recordKey] };
  const { id: returnId, amount, status } = one;
  const circumstances = { at, actor: 'staff', correlationId } as const;
  const audit = { actor: staffId, action: 'receive-return', detail: { returnId, status } };
  if (status === 'REFUSED') {
    const data = { ...basicsOf(order), ...standingOf(order), returnId, outcome: 'REFUSED', amount };
    return { ...changeWith(order, returnClosed, data, circumstances), return: one, audit };
  }
  const data = { ...basicsOf(order), returnId, items: eventLines(order, one.accepted), amount };
  return {
    ...changeWith(order, returnReceived, data, circumstances),
    return: one,
    startsReturn: true,
    audit,
  };
}
