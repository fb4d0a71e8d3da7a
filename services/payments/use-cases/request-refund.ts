import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { newId } from '../../../shared/kernel/ids';
import type { Money } from '../../../shared/kernel/money';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Clock } from '../../../shared/kernel/time';
import type { Refund } from '../domain/refund';
import type { Bookings, RepliesToRequests } from '../ports/bookings';
import type { OrderVersions } from '../ports/order-versions';
import { newRefund, type Taken, type TakeRefund, takeRefund } from './take-refund';

export interface RequestRefund {
  orderId: string;
  amount: Money;
  reason: string;
  actor: string;
  correlationId: string;
  request: IdempotentRequest;
  /** The version of the order that staff saw, where they say so. */
  ifMatch?: number;
}

interface Ports {
  bookings: Bookings;
  orders: OrderVersions;
  replies: RepliesToRequests;
  clock: Clock;
  answer: (refund: Refund) => Reply;
}

/** Staff give back a part of what was captured; a worker sends it. */
export async function requestRefund(ports: Ports, command: RequestRefund): Promise<Reply | Refusal> {
  const { actor, request, ifMatch, ...rest } = command;
  const now = ports.clock();
  const stale = await staleness(ports, command);
  if (stale) return (await ports.replies.find(request, now)) ?? stale;
  const refund: TakeRefund = { ...rest, refundId: newId('rfd', now), actor: 'staff' };
  const reply = ports.answer(newRefund(refund, now));
  const taken = await takeRefund(ports, refund, { request, reply, now, actor });
  if ('answer' in taken) return taken.answer;
  if (taken.outcome.outcome === 'TAKEN') return reply;
  return (await ports.replies.find(request, now)) ?? refusalOf(taken.outcome, command.amount);
}

/** Of the order as it was a moment ago: it is another service's, and no part of the transaction. */
async function staleness(
  { orders }: Ports,
  { orderId, ifMatch }: RequestRefund,
): Promise<Refusal | undefined> {
  if (ifMatch === undefined) return undefined;
  const version = await orders.versionOf(orderId);
  if (version === undefined) return NO_ORDER;
  return version === ifMatch
    ? undefined
    : refuse('STALE', `The order is of version ${version} now; look at it again.`);
}

const NO_ORDER = refuse('NOT_FOUND', 'There is no such order.');

function refusalOf(taken: Exclude<Taken, { outcome: 'TAKEN' }>, { currency }: Money): Refusal {
  if (taken.outcome === 'NO_PAYMENT') return NO_ORDER;
  const { left } = taken;
  if (left.currency !== currency && left.currency !== 'XXX') {
    const detail = `The order was paid in ${left.currency}.`;
    return refuse('VALIDATION_FAILED', detail, { errors: [{ pointer: '/amount/currency', detail }] });
  }
  return refuse('REFUND_EXCEEDS_CAPTURE', `${left.amount} minor units can be refunded.`);
}
