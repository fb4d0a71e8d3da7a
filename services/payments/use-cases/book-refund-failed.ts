import type { CloudEvent } from '../../../events/envelope';
import { type Notice, paymentChanged } from '../../../events/payment-events';
import { type Clock, iso } from '../../../shared/kernel/time';
import { REFUND_MOVES } from '../domain/moves';
import { refundIdOf } from '../domain/payment';
import type { Refund } from '../domain/refund';
import type { Bookings, Entry } from '../ports/bookings';
import { bookAsSeen } from './book';
import { bookingWith } from './payment-event';
import { TooEarly } from './too-early';

type End = 'BOOKED' | 'NOTHING_TO_DO';

/** A refund that its customer's bank did not take, days after it was sent: the money is with us again. */
export async function bookRefundFailed(
  { bookings, clock }: { bookings: Bookings; clock: Clock },
  orderId: string,
  { data: { entryId = '', amount, key }, correlationid }: CloudEvent<string, Notice>,
): Promise<End> {
  if (!amount) return 'NOTHING_TO_DO';
  const ours = refundIdOf(key);
  const refundId = ours ?? `provider-${entryId}`;
  const done = await bookAsSeen<End>(bookings, orderId, async (payment) => {
    const refund = await bookings.refund(orderId, refundId);
    if (refund?.status === 'PENDING') throw new TooEarly(`The refund ${refundId} is PENDING still`);
    const unknown = ours !== undefined && !refund;
    if (!payment || unknown || !REFUND_MOVES[refund?.status ?? 'NONE'].includes('FAILED')) {
      return { outcome: 'NOTHING_TO_DO' };
    }
    const at = clock();
    const given = refund?.amount.amount ?? 0;
    const facts = {
      ...factsOf(refund, at),
      ...(refund?.amount ?? amount),
      status: 'FAILED',
      settledAt: iso(at),
    };
    const entry: Entry = { kind: 'refund', id: refundId, from: refund?.status, facts };
    const booking = bookingWith(
      { payment, by: { refunded: -given, refundable: given }, entry },
      paymentChanged,
      { because: 'REFUND_FAILED' },
      { at, correlationId: correlationid },
    );
    return { booking, outcome: 'BOOKED' };
  });
  return 'outcome' in done ? done.outcome : 'NOTHING_TO_DO';
}

/** One made at the provider may be told of here first, and is kept so that its beginning changes nothing any more. */
const factsOf = (refund: Refund | undefined, at: number) => ({
  takenAt: refund?.takenAt ?? iso(at),
  reason: refund?.reason,
  replyKey: refund?.replyKey,
});
