import type { StepRecord } from '../../../events/order-events';
import { iso } from '../../../shared/kernel/time';
import { refundOutcome } from '../domain/outcomes';
import {
  actionOver,
  type OpenRefund,
  type Payment,
  paymentStatusOf,
  refundKey,
  refundOfRest,
} from '../domain/payment';
import type { Refunds } from '../ports/payments';
import { answered, chargeOrder, type Desk, giveUp } from './give-up';

export interface RefundPayment {
  orderId: string;
  attempt: number;
  /** True when ProcessPayment ended in a fault, so that nobody knows what became of the charge. */
  fault: boolean;
}

export interface PaymentRefunded {
  outcome: string;
  paymentStatus: string;
  step: StepRecord;
}

export type RefundDesk = Desk & { refunds: Refunds };

const BY = 'RefundPayment';

/** Brings a payment to net 0 from wherever it is, or says UNKNOWN while the provider cannot be asked. */
export async function refundPayment(desk: RefundDesk, command: RefundPayment): Promise<PaymentRefunded> {
  const { orderId, attempt } = command;
  const closed = await desk.payments.close({ orderId, attempt, at: desk.clock() });
  if (closed.attempt > attempt) return result(desk, closed, 'SUPERSEDED');
  const payment = await undo(desk, closed, command);
  return result(desk, payment, payment.attempt > attempt ? 'SUPERSEDED' : refundOutcome(payment));
}

async function undo(desk: RefundDesk, payment: Payment, command: RefundPayment): Promise<Payment> {
  switch (payment.state) {
    case 'VOIDED':
    case 'DECLINED':
      return payment;
    case 'CAPTURED':
      return refundRest(desk, payment);
    case 'PENDING':
    case 'REQUIRES_ACTION':
      return command.fault && !(await mayGiveUp(desk, payment)) ? payment : giveUp(desk, payment, BY);
    default:
      return giveUp(desk, payment, BY);
  }
}

/**
 * An order is not rejected because the provider is down: a charge that could not be asked for stays PENDING, and the
 * next attempt charges under the same key. One that was asked for and not answered is given up if the provider talks.
 * A question that failed changes nothing for a customer who is still at the bank's page.
 */
async function mayGiveUp({ gateway, clock }: Desk, payment: Payment): Promise<boolean> {
  const { state, nextAction, trouble, attempt } = payment;
  if (state === 'REQUIRES_ACTION' && !actionOver(nextAction, clock())) return false;
  if (trouble?.kind === 'UNREACHED' && trouble.attempt === attempt) return false;
  return (await answered(() => gateway.find(chargeOrder(payment)))) !== undefined;
}

async function refundRest(desk: RefundDesk, payment: Payment): Promise<Payment> {
  const row =
    payment.openRefund || payment.refundable === 0
      ? payment
      : await desk.refunds.take(payment, refundOfRest(payment), desk.clock());
  if (!row.openRefund || row.attempt !== payment.attempt) return row;
  const end = await send(desk, row, row.openRefund);
  return end ? desk.refunds.settle(row, row.openRefund, end, desk.clock()) : row;
}

/** The refund's end, or undefined while nobody can say: the row keeps it open and the next attempt asks again. */
async function send(
  { gateway }: Desk,
  payment: Payment,
  { id, amount }: OpenRefund,
): Promise<'SUCCEEDED' | 'FAILED' | undefined> {
  const order = chargeOrder(payment);
  const sent = await answered(() => gateway.refund(order, { key: refundKey(id), amount }));
  if (sent) return sent.answer;
  const found = await answered(() => gateway.find(order));
  return (found?.answer?.refunded ?? 0) >= payment.refunded + amount ? 'SUCCEEDED' : undefined;
}

const result = ({ clock }: Desk, payment: Payment, outcome: string): PaymentRefunded => ({
  outcome,
  paymentStatus: outcome === 'UNKNOWN' ? 'UNKNOWN' : paymentStatusOf(payment),
  step: { step: BY, outcome, at: iso(clock()) },
});
