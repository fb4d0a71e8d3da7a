import { paymentChanged, paymentRefunded } from '../../../events/payment-events';
import { type Clock, iso } from '../../../shared/kernel/time';
import { type Payment, refundKey } from '../domain/payment';
import type { Refund } from '../domain/refund';
import type { Booking, Bookings } from '../ports/bookings';
import type { PaymentGateway } from '../ports/payment-gateway';
import { bookAsSeen } from './book';
import { chargeOrder } from './give-up';
import { bookingWith } from './payment-event';

export interface SendRefund {
  orderId: string;
  refundId: string;
  correlationId: string;
}

export interface Sender {
  bookings: Bookings;
  gateway: PaymentGateway;
  clock: Clock;
}

type End = 'SUCCEEDED' | 'FAILED';

/**
 * Sends a refund that was taken, under a key of its own, and settles it; one that is settled already stays as it is.
 * @throws ProviderFault while nobody knows what became of it: the next run asks under the same key.
 */
export async function sendRefund(
  { bookings, gateway, clock }: Sender,
  { orderId, refundId, correlationId }: SendRefund,
): Promise<{ outcome: End | 'NO_REFUND' }> {
  const [payment, refund] = await Promise.all([
    bookings.payment(orderId),
    bookings.refund(orderId, refundId),
  ]);
  if (!payment || !refund) return { outcome: 'NO_REFUND' };
  if (refund.status !== 'PENDING') return { outcome: refund.status };
  const { amount } = refund.amount;
  const takenAt = Date.parse(refund.takenAt);
  const end = await gateway.refund(chargeOrder(payment), { key: refundKey(refundId), amount, takenAt });
  await bookAsSeen<End>(bookings, orderId, async (now) => {
    const entry = await bookings.refund(orderId, refundId);
    if (!now || entry?.status !== 'PENDING') return { outcome: end };
    return { outcome: end, booking: settlement(now, entry, end, { at: clock(), correlationId }) };
  });
  return { outcome: end };
}

function settlement(
  payment: Payment,
  { id: refundId, amount, takenAt, reason, replyKey }: Refund,
  end: End,
  circumstances: { at: number; correlationId: string },
): Booking {
  const facts = { status: end, ...amount, takenAt, reason, replyKey, settledAt: iso(circumstances.at) };
  const entry = { kind: 'refund', id: refundId, from: 'PENDING', facts } as const;
  return end === 'SUCCEEDED'
    ? bookingWith(
        { payment, by: { refunded: amount.amount }, entry },
        paymentRefunded,
        { refundId, amount },
        circumstances,
      )
    : bookingWith(
        { payment, by: { refundable: amount.amount }, entry },
        paymentChanged,
        { because: 'REFUND_FAILED' },
        circumstances,
      );
}
