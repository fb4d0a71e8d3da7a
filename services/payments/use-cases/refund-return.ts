import type { Money } from '../../../shared/kernel/money';
import type { Clock } from '../../../shared/kernel/time';
import { paymentStatusOf, refundKey } from '../domain/payment';
import { mayGrow, type ReturnRefund, refundOfReturn } from '../domain/return-refund';
import type { PaymentGateway } from '../ports/payment-gateway';
import type { ReturnRefunds } from '../ports/return-refunds';
import { answered, chargeOrder } from './give-up';

export interface RefundReturn {
  orderId: string;
  returnId: string;
  /** What the accepted lines cost. */
  amount: Money;
}

export interface ReturnRefunded {
  /** UNKNOWN: the provider could not be asked, or the money is not there yet. FAILED: it refused. Either way the next attempt tries again. */
  outcome: 'REFUNDED' | 'UNKNOWN' | 'FAILED';
  refunded: Money;
  paymentStatus: string;
  /** Of the payment: tells orders which news of it is the newer. */
  paymentVersion: number;
}

interface Desk {
  refunds: ReturnRefunds;
  gateway: PaymentGateway;
  clock: Clock;
}

/** Takes that others win by booking on the same payment meanwhile. */
const TRIES = 5;

/** Gives back what a return's lines cost: taken off what is refundable first, then sent under the return's own key. */
export async function refundReturn(desk: Desk, command: RefundReturn): Promise<ReturnRefunded> {
  const refund = await taken(desk, command);
  if (refund === 'WAITS') return result(desk, command, 'UNKNOWN', 0);
  if (!refund || refund.status === 'SUCCEEDED') return result(desk, command, 'REFUNDED', refund?.amount ?? 0);
  const end = await send(desk, refund);
  if (!end) return result(desk, command, 'UNKNOWN', 0);
  await desk.refunds.settle(refund, end, desk.clock());
  return end === 'SUCCEEDED'
    ? result(desk, command, 'REFUNDED', refund.amount)
    : result(desk, command, 'FAILED', 0);
}

/**
 * The return's refund, taken by this attempt or an earlier one; undefined when nothing is left to give back. WAITS: less
 * than is due is there now, and more may come.
 */
async function taken(
  { refunds, clock }: Desk,
  { orderId, returnId, amount }: RefundReturn,
): Promise<ReturnRefund | 'WAITS' | undefined> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = await refunds.of(orderId, returnId);
    const standing = before.find(({ status }) => status !== 'FAILED');
    if (standing) return standing;
    const wanted = { returnId, due: amount.amount, failed: before.length, at: clock() };
    const payment = await refunds.payment(orderId);
    const refund = refundOfReturn(payment, wanted);
    if (refund.amount < amount.amount && mayGrow(payment)) return 'WAITS';
    if (refund.amount === 0) return undefined;
    if (await refunds.take(refund)) return refund;
  }
  throw new Error(`The payment of ${orderId} keeps being changed by others`);
}

/** The refund's end, or undefined while nobody can say: the same key is sent again by the next attempt. */
async function send(
  { refunds, gateway }: Desk,
  refund: ReturnRefund,
): Promise<'SUCCEEDED' | 'FAILED' | undefined> {
  const order = chargeOrder(await refunds.payment(refund.orderId));
  const sent = await answered(() =>
    gateway.refund(order, {
      key: refundKey(refund.id),
      amount: refund.amount,
      takenAt: Date.parse(refund.takenAt),
    }),
  );
  return sent?.answer;
}

async function result(
  { refunds }: Desk,
  { orderId, amount }: RefundReturn,
  outcome: ReturnRefunded['outcome'],
  refunded: number,
): Promise<ReturnRefunded> {
  const payment = await refunds.payment(orderId);
  return {
    outcome,
    refunded: { amount: refunded, currency: amount.currency },
    paymentStatus: paymentStatusOf(payment),
    paymentVersion: payment.version,
  };
}
