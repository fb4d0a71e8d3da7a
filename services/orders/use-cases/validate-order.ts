import type { StepRecord } from '../../../events/order-events';
import type { Money } from '../../../shared/kernel/money';
import { type Clock, iso, MINUTE } from '../../../shared/kernel/time';
import type { Order } from '../domain/order';
import { deadlineOf } from '../domain/order-holds';
import type { WantedLine } from '../domain/pricing';
import { type ReviewLimits, suspicionOf } from '../domain/risk';
import type { Run } from '../domain/run';
import type { ClaimsOrders } from '../ports/orders';
import type { PriceList } from '../ports/price-list';

/** docs/rules.md, 6: longer than any attempt runs, short enough that a forgotten hold comes back within the hour. */
const HOLD = 45 * MINUTE;

/** What the later steps need; the payment token is handed on from here alone. */
export interface ForTheSaga {
  lines: WantedLine[];
  total: Money;
  holdUntil: string;
  paymentToken?: string;
  /** The customer wants to be asked when a part is sold out. */
  tellShort?: true;
}

export interface Validation {
  outcome:
    | 'VALID'
    | 'DUPLICATE'
    | 'CANCEL'
    | 'PRODUCT_UNAVAILABLE'
    /** Staff are to look at it first, or do so; a customer is asked. */
    | 'REVIEW'
    | 'WAITING'
    /** Of an order that was sent in part the rest is to be given back, and no money. */
    | 'REST_CANCELLED'
    /** How a review ended. */
    | 'FRAUD_REFUSED'
    | 'REVIEW_EXPIRED';
  /** REST_CANCELLED: what stays sold. Else empty unless VALID: a machine may not assign what is not there. */
  order: ForTheSaga | { keep: WantedLine[] } | Record<string, never>;
  reason: string;
  /** For the traces and logs of the later steps; empty when the order is not this execution's. */
  customerId: string;
  step: StepRecord;
}

const linesOf = ({ items }: Order): WantedLine[] =>
  items.map(({ productId, quantity }) => ({ productId, quantity }));

const forTheSaga = (order: Order, now: number): ForTheSaga => ({
  lines: linesOf(order),
  total: order.total,
  holdUntil: iso(now + HOLD),
  ...(order.paymentToken ? { paymentToken: order.paymentToken } : {}),
  ...(order.onUnavailable === 'ask' ? { tellShort: true as const } : {}),
});

interface Verdict {
  outcome: Validation['outcome'];
  reason: string;
}

const plain = (outcome: Validation['outcome']): Verdict => ({ outcome, reason: outcome });

/** What the row alone says: an end that was decided on, or that somebody still has to decide. */
function standing(order: Order): Verdict | undefined {
  if (['CANCELLED', 'REJECTED'].includes(order.status) || order.cancelRequestedAt) return plain('CANCEL');
  if (['SHIPPED', 'DELIVERED'].includes(order.status)) return plain('REST_CANCELLED');
  if (order.review === 'REFUSED') return plain('FRAUD_REFUSED');
  if (order.review === 'EXPIRED') return plain('REVIEW_EXPIRED');
  return deadlineOf(order) ? plain('WAITING') : undefined;
}

/** An order is looked at once, and only before anything of it is begun. */
function review(order: Order, limits: ReviewLimits): Verdict | undefined {
  const untouched = order.status === 'PENDING' && order.paymentStatus === 'PENDING' && !order.review;
  const suspicion = untouched ? suspicionOf(order, limits) : undefined;
  return suspicion && { outcome: 'REVIEW', reason: suspicion };
}

interface Ports {
  orders: ClaimsOrders;
  prices: PriceList;
  clock: Clock;
  limits: ReviewLimits;
}

/** Claims the attempt for this execution, then looks whether the order can go on. */
export async function validateOrder(
  { orders, prices, clock, limits }: Ports,
  { orderId, run }: { orderId: string; run: Run },
): Promise<Validation> {
  const now = clock();
  const ended = ({ outcome, reason }: Verdict, customerId = ''): Validation => ({
    outcome,
    customerId,
    order: {},
    reason,
    step: { step: 'ValidateOrder', outcome, at: iso(now) },
  });
  const order = await orders.claim(orderId, run, now);
  if (!order) return ended(plain('DUPLICATE'));
  const decided = standing(order);
  if (decided) {
    const rest = decided.outcome === 'REST_CANCELLED' ? { order: { keep: linesOf(order) } } : {};
    return { ...ended(decided, order.customerId), ...rest };
  }
  const known = await prices.find(order.items.map(({ productId }) => productId));
  const gone = order.items.some(({ productId }) => known.get(productId)?.status !== 'active');
  const verdict = gone ? plain('PRODUCT_UNAVAILABLE') : (review(order, limits) ?? plain('VALID'));
  const validation = ended(verdict, order.customerId);
  return verdict.outcome === 'VALID' ? { ...validation, order: forTheSaga(order, now) } : validation;
}
