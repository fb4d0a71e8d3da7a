import type { CloudEvent } from '../../../events/envelope';
import { type Notice, paymentRefunded } from '../../../events/payment-events';
import { type Clock, iso } from '../../../shared/kernel/time';
import { refundIdOf } from '../domain/payment';
import type { Bookings } from '../ports/bookings';
import { bookAsSeen } from './book';
import { bookingWith } from './payment-event';

type End = 'BOOKED' | 'NOTHING_TO_DO';

/** A refund that was made by hand at the provider: it goes through a row of its own like any other. */
export async function bookRefundMade(
  { bookings, clock }: { bookings: Bookings; clock: Clock },
  orderId: string,
  { data: { entryId = '', amount, key }, correlationid }: CloudEvent<string, Notice>,
): Promise<End> {
  if (!amount || refundIdOf(key) || key?.endsWith('#undo')) return 'NOTHING_TO_DO';
  const refundId = `provider-${entryId}`;
  const done = await bookAsSeen<End>(bookings, orderId, async (payment) => {
    const known = await bookings.refund(orderId, refundId);
    const undone = payment?.state === 'ABANDONING' || payment?.state === 'VOIDED';
    if (!payment || known || undone) return { outcome: 'NOTHING_TO_DO' };
    if (payment.refundable < amount.amount) {
      throw new Error(`The provider refunded ${amount.amount}, and ${payment.refundable} are left`);
    }
    const at = clock();
    const facts = { status: 'SUCCEEDED', ...amount, takenAt: iso(at), settledAt: iso(at) };
    const by = { refundable: -amount.amount, refunded: amount.amount };
    const booking = bookingWith(
      { payment, by, entry: { kind: 'refund', id: refundId, facts } },
      paymentRefunded,
      { refundId, amount },
      { at, correlationId: correlationid },
    );
    return { booking, outcome: 'BOOKED' };
  });
  return 'outcome' in done ? done.outcome : 'NOTHING_TO_DO';
}
