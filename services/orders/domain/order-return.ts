import { type Money, money, sum, times } from '../../../shared/kernel/money';
import { type LineTrouble, mergedLines, moveLines, progressOf, standing, troubleWith } from './fulfilment';
import type { Order } from './order';
import { hearOf, type PaymentNews } from './payment-moves';
import type { WantedLine } from './pricing';

export type ReturnStatus = 'REQUESTED' | 'RECEIVED' | 'REFUNDED' | 'REFUSED';

/** Every legal move of a return. */
export const RETURN_MOVES: Record<ReturnStatus, readonly ReturnStatus[]> = {
  REQUESTED: ['RECEIVED', 'REFUSED'],
  RECEIVED: ['REFUNDED'],
  REFUNDED: [],
  REFUSED: [],
};

export interface ReturnLine extends WantedLine {
  reason: string;
}

export interface ReceivedLine extends WantedLine {
  /** True when it can be sold again. */
  restock: boolean;
}

export interface OrderReturn {
  id: string;
  orderId: string;
  status: ReturnStatus;
  lines: ReturnLine[];
  /** What staff took in; the same product twice where one unit can be sold again and another cannot. */
  accepted: ReceivedLine[];
  /** What the accepted lines cost. */
  amount: Money;
  /** What the customer got back in the end. */
  refunded?: Money;
  /** The attempt of the return's machine that was asked for last. */
  attempt: number;
  requestedAt: string;
  receivedAt?: string;
  updatedAt: string;
  /** Under which the goods were received: what the later attempts go on under. */
  correlationId: string;
  /** The records of the replies that repeat the reasons, so that they can be erased with them. */
  replyKeys?: string[];
}

export type Returning = { order: Order; return: OrderReturn };

const unitsOf = (lines: readonly WantedLine[], productId: string): number =>
  lines.reduce((units, line) => units + (line.productId === productId ? line.quantity : 0), 0);

/**
 * The days count from the last delivery of the order, so that no parcel's time is over while another is on its way
 * (as for EU consumers: Directive 2011/83/EU, Article 9(2)(b)).
 */
const windowOver = (lastDeliveredAt: string, now: number, window: number): boolean =>
  now > Date.parse(lastDeliveredAt) + window;

export function requestReturn(
  order: Order,
  wanted: Pick<OrderReturn, 'id' | 'lines' | 'correlationId' | 'replyKeys'>,
  { now, at, window }: { now: number; at: string; window: number },
): Returning | { outcome: 'NOT_DELIVERED' | 'WINDOW_OVER' } | LineTrouble {
  if (order.lastDeliveredAt === undefined) return { outcome: 'NOT_DELIVERED' };
  if (windowOver(order.lastDeliveredAt, now, window)) return { outcome: 'WINDOW_OVER' };
  const left = (productId: string) => {
    const { delivered, returning, returned } = progressOf(order, productId);
    return delivered - returning - returned;
  };
  const lines = mergedLines(wanted.lines);
  const trouble = troubleWith(order, lines, left);
  if (trouble) return trouble;
  return {
    order: standing(order, moveLines(order, lines, { returning: 1 }), at),
    return: {
      ...wanted,
      orderId: order.id,
      status: 'REQUESTED',
      accepted: [],
      amount: money(0, order.total.currency),
      attempt: 0,
      requestedAt: at,
      updatedAt: at,
    },
  };
}

function priceOf(order: Order, lines: readonly WantedLine[]): Money {
  const prices = new Map(order.items.map(({ productId, unitPrice }) => [productId, unitPrice]));
  return sum([
    money(0, order.total.currency),
    ...lines.map(({ productId, quantity }) =>
      times(prices.get(productId) ?? money(0, order.total.currency), quantity),
    ),
  ]);
}

/** What staff have in hand: RECEIVED with what they accept, REFUSED where that is nothing. */
export function receive(
  order: Order,
  found: OrderReturn,
  received: readonly ReceivedLine[],
  { at, correlationId }: { at: string; correlationId: string },
): Returning | { outcome: 'RECEIVED_ALREADY' } | LineTrouble {
  if (!RETURN_MOVES[found.status].includes('RECEIVED')) return { outcome: 'RECEIVED_ALREADY' };
  const lines = mergedLines(received);
  for (const { productId, quantity } of lines) {
    const left = unitsOf(found.lines, productId);
    if (left === 0) return { outcome: 'NOT_IN_ORDER', productId };
    if (quantity > left) return { outcome: 'TOO_MANY', productId, left };
  }
  const accepted = received.filter(({ quantity }) => quantity > 0);
  const refused = mergedLines(found.lines).map(({ productId, quantity }) => ({
    productId,
    quantity: quantity - unitsOf(accepted, productId),
  }));
  return {
    order: standing(order, moveLines(order, refused, { returning: -1 }), at),
    return: {
      ...found,
      accepted,
      status: accepted.length > 0 ? 'RECEIVED' : 'REFUSED',
      amount: priceOf(order, accepted),
      attempt: accepted.length > 0 ? 1 : 0,
      receivedAt: at,
      updatedAt: at,
      correlationId,
    },
  };
}

/** Its next attempt, for one whose machine did not come to its end; the order's version rises with it. */
export const nextReturnAttempt = (order: Order, found: OrderReturn, at: string): Returning => ({
  order: { ...order, version: order.version + 1, updatedAt: at },
  return: { ...found, attempt: found.attempt + 1, updatedAt: at },
});

/** Refunded and restocked. CLOSED: it was before. */
export function close(
  order: Order,
  found: OrderReturn,
  { refunded, payment }: { refunded: Money; payment: PaymentNews },
  at: string,
): Returning | { outcome: 'CLOSED' | 'NOT_RECEIVED' } {
  if (found.status === 'REFUNDED') return { outcome: 'CLOSED' };
  if (!RETURN_MOVES[found.status].includes('REFUNDED')) return { outcome: 'NOT_RECEIVED' };
  const counted = moveLines(order, found.accepted, { returning: -1, returned: 1 });
  const { paymentStatus, paymentVersion } = hearOf(order, payment, at);
  return {
    order: { ...standing(order, counted, at), paymentStatus, paymentVersion },
    return: { ...found, status: 'REFUNDED', refunded, updatedAt: at },
  };
}
