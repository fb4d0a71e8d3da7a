import type { NextAction, Order, OrderStatus, PaymentStatus, RejectionReason } from './order';
import type { Run } from './run';

/** Every legal move of an order's status; anything else is refused. */
export const LEGAL_MOVES: Record<OrderStatus, readonly OrderStatus[]> = {
  PENDING: ['IN_REVIEW', 'AWAITING_CUSTOMER', 'AWAITING_PAYMENT', 'CONFIRMED', 'REJECTED', 'CANCELLED'],
  IN_REVIEW: ['PENDING', 'REJECTED', 'CANCELLED'],
  AWAITING_CUSTOMER: ['PENDING', 'CANCELLED'],
  // SHIPPED or DELIVERED when what was not sent yet is cancelled.
  AWAITING_PAYMENT: ['CONFIRMED', 'REJECTED', 'CANCELLED', 'SHIPPED', 'DELIVERED'],
  // AWAITING_PAYMENT again when an authorisation is lost before the goods are shipped.
  CONFIRMED: ['SHIPPED', 'AWAITING_PAYMENT', 'CANCELLED'],
  SHIPPED: ['DELIVERED'],
  DELIVERED: [],
  REJECTED: [],
  CANCELLED: [],
};

export const mayMove = (order: Order, to: OrderStatus): boolean => LEGAL_MOVES[order.status].includes(to);

/** True for the one execution that claimed the attempt that counts. */
export const isRunning = (order: Order, run: Run): boolean =>
  order.attempt === run.attempt && order.runBy === run.key;

export const changed = (order: Order, at: string, change: Partial<Order>): Order => ({
  ...order,
  ...change,
  version: order.version + 1,
  updatedAt: at,
});

const ENDED = { owed: false, paymentToken: undefined, nextAction: undefined } as const;

/** Nobody is asked to decide any more. */
const NOT_ASKED = { decideBy: undefined, proposal: undefined } as const;

/** A new value, or the outcome that says why there is none. */
export type Move<Outcome extends string> = { order: Order } | { outcome: Outcome };

/** SUPERSEDED: another attempt or execution counts. CANCEL: the customer wants out. CONFIRMED: it is already. */
export function confirm(
  order: Order,
  run: Run,
  paymentStatus: PaymentStatus,
  at: string,
): Move<'SUPERSEDED' | 'CANCEL' | 'CONFIRMED'> {
  if (!isRunning(order, run)) return { outcome: 'SUPERSEDED' };
  if (order.status === 'CONFIRMED') return { outcome: 'CONFIRMED' };
  if (order.status === 'CANCELLED' || order.cancelRequestedAt) return { outcome: 'CANCEL' };
  if (!mayMove(order, 'CONFIRMED')) return { outcome: 'SUPERSEDED' };
  // News that came since the step charged, such as a dispute, is newer than what the step saw.
  const now = order.paymentVersion === undefined ? paymentStatus : order.paymentStatus;
  return { order: changed(order, at, { status: 'CONFIRMED', paymentStatus: now, ...ENDED }) };
}

/** Ends an order without effect: REJECTED, or CANCELLED where its customer asked for that; one that was sent in part stays so. */
export function reject(
  order: Order,
  run: Run,
  end: { reason: RejectionReason | undefined; paymentStatus: PaymentStatus },
  at: string,
): Move<'SUPERSEDED' | 'ENDED'> {
  if (!isRunning(order, run)) return { outcome: 'SUPERSEDED' };
  if (!order.owed) return { outcome: 'ENDED' };
  const { reason, paymentStatus } = end;
  // Only the stock of its rest was given back, and no money.
  if (order.status === 'SHIPPED' || order.status === 'DELIVERED') return { order: changed(order, at, ENDED) };
  if (order.status === 'CANCELLED' || order.status === 'REJECTED')
    return { order: changed(order, at, { paymentStatus, ...ENDED }) };
  if (order.cancelRequestedAt)
    return { order: changed(order, at, { status: 'CANCELLED', paymentStatus, ...ENDED }) };
  if (!reason || !mayMove(order, 'REJECTED')) return { outcome: 'SUPERSEDED' };
  return {
    order: changed(order, at, { status: 'REJECTED', rejectionReason: reason, paymentStatus, ...ENDED }),
  };
}

/** The attempt ends and the order waits: UNKNOWN for the provider, REQUIRES_ACTION for its customer. */
export function park(
  order: Order,
  run: Run,
  wait: { paymentStatus: PaymentStatus; nextAction?: NextAction },
  at: string,
): Move<'SUPERSEDED'> {
  if (!isRunning(order, run) || !order.owed) return { outcome: 'SUPERSEDED' };
  const { paymentStatus, nextAction } = wait;
  // Who wants out is asked for nothing: the order stays as it is, and the next attempt ends it.
  const wantsOut = order.cancelRequestedAt !== undefined || order.status === 'CANCELLED';
  const asks = paymentStatus === 'REQUIRES_ACTION' && !wantsOut;
  const status = asks && order.status === 'PENDING' ? 'AWAITING_PAYMENT' : order.status;
  const toDo = asks ? nextAction : order.nextAction;
  return { order: changed(order, at, { paymentStatus, status, nextAction: wantsOut ? undefined : toDo }) };
}

/** docs/rules.md, 7. UNCHANGED: it is cancelled, or about to be, already. */
export function cancel(
  order: Order,
  reason: string | undefined,
  at: string,
): Move<'UNCHANGED' | 'NOT_CANCELLABLE'> {
  if (order.status === 'CANCELLED' || order.cancelRequestedAt) return { outcome: 'UNCHANGED' };
  if (order.fulfilmentStatus !== 'UNFULFILLED' || !mayMove(order, 'CANCELLED'))
    return { outcome: 'NOT_CANCELLABLE' };
  if (order.status === 'PENDING') {
    return { order: changed(order, at, { cancelRequestedAt: at, cancelReason: reason }) };
  }
  return {
    order: changed(order, at, {
      status: 'CANCELLED',
      cancelRequestedAt: at,
      cancelReason: reason,
      nextAction: undefined,
      ...NOT_ASKED,
      attempt: order.attempt + 1,
      runBy: undefined,
      owed: true,
    }),
  };
}

/** Resuming, ending a hold and reconciling are this one act: the next attempt, claimed by nobody yet. */
export const nextAttempt = (order: Order, at: string): Order =>
  changed(order, at, { attempt: order.attempt + 1, runBy: undefined });

/**
 * Staff end an order that lies still: as its customer's cancellation would, and by an attempt of its own, whatever the
 * one that runs still does.
 */
export function compensate(order: Order, at: string): Move<'NOT_CANCELLABLE'> {
  const move = cancel(order, undefined, at);
  if ('order' in move) {
    const { status, attempt } = move.order;
    return status === 'CANCELLED'
      ? move
      : { order: { ...move.order, attempt: attempt + 1, runBy: undefined } };
  }
  return move.outcome === 'UNCHANGED' && order.owed
    ? { order: nextAttempt(order, at) }
    : { outcome: 'NOT_CANCELLABLE' };
}

/**
 * An order whose rows disagree: open, it goes on; ended without effect, its next attempt gives back what is still there.
 * What was sold is a person's to judge.
 */
export function askAgain(order: Order, at: string): Move<'NOTHING_TO_ASK'> {
  const ended = order.status === 'CANCELLED' || order.status === 'REJECTED';
  if (!order.owed && !ended) return { outcome: 'NOTHING_TO_ASK' };
  return { order: { ...nextAttempt(order, at), owed: true } };
}
