import type { Clock } from '../../../shared/kernel/time';
import { mayMove } from '../domain/moves';
import { chargeKey, type Payment } from '../domain/payment';
import { type ChargeOrder, type PaymentGateway, ProviderFault } from '../ports/payment-gateway';
import type { PaymentMove, Payments, SagaStep } from '../ports/payments';

export interface Desk {
  payments: Payments;
  gateway: PaymentGateway;
  clock: Clock;
}

export const chargeOrder = (payment: Payment): ChargeOrder => ({
  key: chargeKey(payment.orderId),
  reference: payment.orderId,
  money: payment.money,
  askedAt: payment.askedAt,
  capture: payment.captureOn !== 'shipment',
  chargeId: payment.chargeId,
});

/** The payment after the move, or as it stands when the move is not legal or another came first. */
export const move = async (
  { payments, clock }: Desk,
  payment: Payment,
  change: Omit<PaymentMove, 'at'>,
): Promise<Payment> =>
  mayMove(payment.state, change.to) ? payments.move(payment, { ...change, at: clock() }) : payment;

/** The answer, or undefined when the provider could not be asked or did not answer. */
export async function answered<T>(ask: () => Promise<T>): Promise<{ answer: T } | undefined> {
  try {
    return { answer: await ask() };
  } catch (error) {
    if (error instanceof ProviderFault) return undefined;
    throw error;
  }
}

/**
 * Closes a payment so that it ends at net 0: ABANDONING is written first, then the provider undoes the key and shuts
 * it, and only its acknowledgement makes the payment VOIDED. While the provider cannot be asked it stays ABANDONING.
 */
export async function giveUp(desk: Desk, payment: Payment, by: SagaStep): Promise<Payment> {
  const row = await move(desk, payment, { to: 'ABANDONING', by });
  if (row.state !== 'ABANDONING' && row.state !== 'VOIDED') return row;
  const acknowledged = await answered(() => desk.gateway.abandon(chargeOrder(row)));
  return acknowledged ? move(desk, row, { to: 'VOIDED', by }) : row;
}
