import { sum, times } from '../../../shared/kernel/money';
import { DAY, iso } from '../../../shared/kernel/time';
import type { Order, OrderLine, Proposal, ReviewDecision } from './order';
import { changed, isRunning, type Move, mayMove } from './order-moves';
import type { Run } from './run';

/** How long staff have to review an order, and a customer to choose. Nothing is held or charged meanwhile. */
export const DECISION_TIME = DAY;

/** How long a customer whose authorisation was lost may look at what is left: over a weekend. The stock stays sold meanwhile. */
export const PAYMENT_TIME = 3 * DAY;

const timeFor = ({ status }: Order): number => (status === 'AWAITING_PAYMENT' ? PAYMENT_TIME : DECISION_TIME);

/** Until when somebody is to decide; undefined when nobody is asked, or has decided. */
export const deadlineOf = ({ status, decideBy, proposal }: Order): string | undefined => {
  // What waits for the bank's page has none: each attempt asks the provider.
  if (status === 'IN_REVIEW' || status === 'AWAITING_PAYMENT') return decideBy;
  return status === 'AWAITING_CUSTOMER' ? proposal?.expiresAt : undefined;
};

/** True once nobody has decided in time, or for `atMost` milliseconds. */
export function isOverdue(order: Order, now: number, atMost = timeFor(order)): boolean {
  const deadline = deadlineOf(order);
  if (deadline === undefined) return false;
  return now >= Date.parse(deadline) - Math.max(timeFor(order) - atMost, 0);
}

/** WAITS: it does so already. CANCEL: its customer wants out. SUPERSEDED: another attempt or execution counts. */
type Hold = Move<'WAITS' | 'CANCEL' | 'SUPERSEDED'>;

function wait(order: Order, run: Run, at: number, change: Partial<Order> & Pick<Order, 'status'>): Hold {
  if (!isRunning(order, run)) return { outcome: 'SUPERSEDED' };
  if (order.status === change.status) return { outcome: 'WAITS' };
  if (order.status === 'CANCELLED' || order.cancelRequestedAt) return { outcome: 'CANCEL' };
  if (!order.owed || !mayMove(order, change.status)) return { outcome: 'SUPERSEDED' };
  return { order: changed(order, iso(at), change) };
}

/** The attempt ends, and staff are to decide. */
export const holdForReview = (order: Order, run: Run, at: number): Hold =>
  wait(order, run, at, { status: 'IN_REVIEW', decideBy: iso(at + DECISION_TIME) });

export interface Shortage {
  productId: string;
  missing: number;
}

/** The lines without what is missing, at the prices that were fixed when the order was accepted. */
function rest(items: readonly OrderLine[], short: readonly Shortage[]): OrderLine[] {
  const missing = new Map(short.map((line) => [line.productId, line.missing]));
  return items
    .map((line) => ({ ...line, quantity: line.quantity - (missing.get(line.productId) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
}

/** The attempt ends, and the customer is to choose between the rest and nothing. NOTHING_LEFT: there is no rest. */
export function askCustomer(
  order: Order,
  run: Run,
  short: readonly Shortage[],
  at: number,
): Hold | { outcome: 'NOTHING_LEFT' } {
  const items = rest(order.items, short);
  if (items.length === 0) return { outcome: 'NOTHING_LEFT' };
  const total = sum(items.map(({ unitPrice, quantity }) => times(unitPrice, quantity)));
  const proposal: Proposal = { items, total, expiresAt: iso(at + DECISION_TIME) };
  return wait(order, run, at, { status: 'AWAITING_CUSTOMER', proposal });
}

/** NOT_WAITING: nobody is asked. DECIDED: somebody was first. TOO_LATE: the time to decide is over. */
export type NoDecision = { outcome: 'NOT_WAITING' | 'DECIDED' | 'TOO_LATE' };

/** A decision takes effect by the next attempt, which nobody has claimed yet. */
const decided = (order: Order, at: number, change: Partial<Order>): Order =>
  changed(order, iso(at), {
    ...change,
    attempt: order.attempt + 1,
    runBy: undefined,
    decideBy: undefined,
    proposal: undefined,
    decidedAt: iso(at),
  });

/** APPROVED goes on as PENDING; REFUSED and EXPIRED stay IN_REVIEW until their attempt has rejected the order. */
export function review(
  order: Order,
  decision: ReviewDecision,
  at: number,
  note?: string,
): { order: Order } | NoDecision {
  if (order.status !== 'IN_REVIEW') return { outcome: order.review ? 'DECIDED' : 'NOT_WAITING' };
  if (order.review) return { outcome: 'DECIDED' };
  if (decision !== 'EXPIRED' && isOverdue(order, at)) return { outcome: 'TOO_LATE' };
  const status = decision === 'APPROVED' ? 'PENDING' : order.status;
  return { order: decided(order, at, { status, review: decision, reviewNote: note }) };
}

/** The order is its rest from now on. */
export function acceptRest(order: Order, at: number): { order: Order } | NoDecision {
  const { status, proposal } = order;
  if (status !== 'AWAITING_CUSTOMER' || !proposal) return { outcome: 'NOT_WAITING' };
  if (isOverdue(order, at)) return { outcome: 'TOO_LATE' };
  const { items, total } = proposal;
  return { order: decided(order, at, { status: 'PENDING', items, total }) };
}
