import type { StepRecord } from '../../../events/order-events';
import type { Money } from '../../../shared/kernel/money';
import { type Clock, iso, MINUTE } from '../../../shared/kernel/time';
import type { Order } from '../domain/order';
import type { WantedLine } from '../domain/pricing';
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
}

export interface Validation {
  outcome: 'VALID' | 'DUPLICATE' | 'CANCEL' | 'PRODUCT_UNAVAILABLE';
  /** Empty unless VALID: a machine may not assign what is not there. */
  order: ForTheSaga | Record<string, never>;
  reason: string;
  /** For the traces and logs of the later steps; empty when the order is not this execution's. */
  customerId: string;
  step: StepRecord;
}

const forTheSaga = (order: Order, now: number): ForTheSaga => ({
  lines: order.items.map(({ productId, quantity }) => ({ productId, quantity })),
  total: order.total,
  holdUntil: iso(now + HOLD),
  ...(order.paymentToken ? { paymentToken: order.paymentToken } : {}),
});

/** Claims the attempt for this execution, then looks whether the order can go on. */
export async function validateOrder(
  { orders, prices, clock }: { orders: ClaimsOrders; prices: PriceList; clock: Clock },
  { orderId, run }: { orderId: string; run: Run },
): Promise<Validation> {
  const now = clock();
  const ended = (
    outcome: Validation['outcome'],
    customerId = '',
    order: Validation['order'] = {},
  ): Validation => ({
    outcome,
    customerId,
    order,
    reason: outcome,
    step: { step: 'ValidateOrder', outcome, at: iso(now) },
  });
  const order = await orders.claim(orderId, run, now);
  if (!order) return ended('DUPLICATE');
  if (order.status === 'CANCELLED' || order.cancelRequestedAt) return ended('CANCEL', order.customerId);
  const known = await prices.find(order.items.map(({ productId }) => productId));
  const gone = order.items.some(({ productId }) => known.get(productId)?.status !== 'active');
  return gone
    ? ended('PRODUCT_UNAVAILABLE', order.customerId)
    : ended('VALID', order.customerId, forTheSaga(order, now));
}
