import type { StepRecord } from '../../../events/order-events';
import { type Money, sameMoney } from '../../../shared/kernel/money';
import { iso } from '../../../shared/kernel/time';
import { authorizedUntil, type Charge, holdsMoney, verdict } from '../domain/charge';
import { chargeOutcome } from '../domain/outcomes';
import { type NextAction, type Payment, paymentStatusOf } from '../domain/payment';
import { ProviderFault } from '../ports/payment-gateway';
import type { CaptureOn } from '../ports/payments';
import { chargeOrder, type Desk, giveUp, move } from './give-up';

export interface ProcessPayment {
  orderId: string;
  attempt: number;
  amount: Money;
  /** Absent once the payment had reached its end: orders forgets the token then. */
  paymentToken?: string;
}

export interface PaymentProcessed {
  outcome: string;
  paymentStatus: string;
  nextAction?: NextAction;
  step: StepRecord;
}

const BY = 'ProcessPayment';

/**
 * Charges an order once, however often and from wherever this runs; two conditional writes when all goes well.
 * @throws ProviderFault when the charge's fate is unknown. The row stays PENDING, and whoever comes next, under the
 * same key, gets what this one would have got.
 */
export async function processPayment(
  desk: Desk & { captureOn: CaptureOn },
  command: ProcessPayment,
): Promise<PaymentProcessed> {
  const { orderId, attempt, amount: money } = command;
  const opened = await desk.payments.open({
    orderId,
    attempt,
    money,
    at: desk.clock(),
    captureOn: desk.captureOn,
  });
  if (opened.attempt > attempt) return result(desk, opened, 'SUPERSEDED');
  const payment = await advance(desk, opened, command);
  return result(desk, payment, payment.attempt > attempt ? 'SUPERSEDED' : chargeOutcome(payment));
}

async function advance(desk: Desk, payment: Payment, command: ProcessPayment): Promise<Payment> {
  if (payment.state === 'ABANDONING') return giveUp(desk, payment, BY);
  if (payment.state !== 'PENDING' && payment.state !== 'REQUIRES_ACTION') return payment;
  if (!sameMoney(payment.money, command.amount)) return giveUp(desk, payment, BY);
  const charge = await ask(desk, payment, command.paymentToken);
  return settle(desk, payment, charge);
}

/**
 * What became of the charge, or of the customer's action: the provider knows when it was taken, and a replay would
 * only repeat the question.
 * @throws ProviderFault, noted on the row for the compensation to read
 */
async function ask(desk: Desk, payment: Payment, token: string | undefined): Promise<Charge | undefined> {
  const order = chargeOrder(payment);
  try {
    if (payment.state === 'REQUIRES_ACTION' || token === undefined) return await desk.gateway.find(order);
    const charge = await desk.gateway.charge(order, token, payment.attempt);
    return charge.status === 'requires_action' ? await desk.gateway.find(order) : charge;
  } catch (error) {
    if (error instanceof ProviderFault) {
      const { kind, message: reason } = error;
      await desk.payments.note(payment, { kind, reason, attempt: payment.attempt }, desk.clock());
    }
    throw error;
  }
}

async function settle(desk: Desk, payment: Payment, charge: Charge | undefined): Promise<Payment> {
  const to = verdict(payment, charge, desk.clock());
  if (to === 'ABANDONING') return giveUp(desk, payment, BY);
  if (to === payment.state) return payment;
  const { id: chargeId, nextAction, declineCode } = charge as Charge;
  const until = to === 'AUTHORIZED' ? authorizedUntil(charge as Charge, desk.clock()) : undefined;
  const row = await move(desk, payment, {
    to,
    by: BY,
    chargeId,
    nextAction,
    declineCode,
    authorizedUntil: until,
  });
  // A success that comes after the payment was given up is undone, never confirmed.
  const tooLate = row.state === 'ABANDONING' || row.state === 'VOIDED';
  return tooLate && holdsMoney(charge as Charge) ? giveUp(desk, row, BY) : row;
}

const result = ({ clock }: Desk, payment: Payment, outcome: string): PaymentProcessed => ({
  outcome,
  paymentStatus: paymentStatusOf(payment),
  nextAction: outcome === 'REQUIRES_ACTION' ? payment.nextAction : undefined,
  step: { step: BY, outcome, at: iso(clock()) },
});
