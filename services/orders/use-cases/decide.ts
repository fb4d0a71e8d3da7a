import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { isRefusal, type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Clock } from '../../../shared/kernel/time';
import type { Order } from '../domain/order';
import type { NoDecision } from '../domain/order-holds';
import type { Change, RepliesToRequests, SavesOrders } from '../ports/orders';

export interface Deciding {
  orders: SavesOrders;
  replies: RepliesToRequests;
  clock: Clock;
  answer: (order: Order) => Reply;
}

/** NOTHING_OWED: no attempt would change anything. */
export type NoMove = NoDecision | { outcome: 'NOTHING_OWED' | 'NOT_CANCELLABLE' };

interface Decision {
  find: () => Promise<Order | Refusal>;
  /** The version that the one who decides has seen; undefined when that is not asked for. */
  seen: number | undefined;
  move: (order: Order, at: number) => { order: Order } | NoMove;
  change: (order: Order, at: number) => Change;
}

/** How often another writer may win before the client is asked to come again. */
const TRIES = 5;

const STALE = { outcome: 'STALE' } as const;

const WHY: Record<NoMove['outcome'], string> = {
  NOT_WAITING: 'does not wait for this decision',
  DECIDED: 'was reviewed before',
  TOO_LATE: 'had 24 hours for this decision, and they are over',
  NOTHING_OWED: 'waits for nobody, or for a person alone: another attempt would change nothing',
  NOT_CANCELLABLE: 'cannot be taken back by its saga',
};

const moveOf = ({ seen, move }: Decision, order: Order, now: number) =>
  seen === undefined || seen === order.version ? move(order, now) : STALE;

/** One conditional write: the decision, the attempt that carries it out, and the reply. Who comes second is told. */
export async function decide(
  ports: Deciding,
  { request }: { request: IdempotentRequest },
  decision: Decision,
): Promise<Reply | Refusal> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const now = ports.clock();
    const order = await decision.find();
    if (isRefusal(order)) return order;
    const moved = moveOf(decision, order, now);
    if ('outcome' in moved) return (await ports.replies.find(request, now)) ?? refusal(order, moved);
    const reply = ports.answer(moved.order);
    const saved = await ports.orders.save(decision.change(moved.order, now), { request, reply, now });
    if (saved.saved) return reply;
    if (!saved.stale) return saved.answer;
  }
  return refuse('CONFLICT', 'The order keeps changing. Send the same request again.', { retryAfter: 1 });
}

const refusal = (order: Order, { outcome }: NoMove | typeof STALE): Refusal =>
  outcome === 'STALE'
    ? refuse('STALE', `The order is at version ${order.version} by now. Look at it and decide again.`)
    : refuse('ILLEGAL_TRANSITION', `An order that is ${order.status} ${WHY[outcome]}.`);
