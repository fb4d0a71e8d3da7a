import type { CloudEvent } from '../../../events/envelope';
import { type Notice, paymentChanged } from '../../../events/payment-events';
import { type Clock, iso } from '../../../shared/kernel/time';
import { disputeChange } from '../domain/dispute';
import { DISPUTE_MOVES, type DisputeStatus } from '../domain/moves';
import type { Bookings } from '../ports/bookings';
import { bookAsSeen } from './book';
import { bookingWith } from './payment-event';

const LEADS_TO: Partial<Record<Notice['kind'], DisputeStatus>> = {
  DISPUTE_OPENED: 'OPEN',
  DISPUTE_WON: 'WON',
  DISPUTE_LOST: 'LOST',
};

type End = 'BOOKED' | 'NOTHING_TO_DO';

/** A dispute and its end. What is disputed cannot be refunded meanwhile; what is lost never can. */
export async function bookDispute(
  { bookings, clock }: { bookings: Bookings; clock: Clock },
  orderId: string,
  { data: { kind, entryId = '', amount }, correlationid }: CloudEvent<string, Notice>,
): Promise<End> {
  const to = LEADS_TO[kind];
  if (!to || !amount) return 'NOTHING_TO_DO';
  const done = await bookAsSeen<End>(bookings, orderId, async (payment) => {
    const before = await bookings.entry(orderId, 'dispute', entryId);
    const from = (before?.status as DisputeStatus | undefined) ?? 'NONE';
    if (!payment || !DISPUTE_MOVES[from].includes(to)) return { outcome: 'NOTHING_TO_DO' };
    const { by, held } = disputeChange(
      payment,
      { amount: amount.amount, held: Number(before?.held ?? 0) },
      from,
      to,
    );
    const at = clock();
    const facts = { status: to, ...amount, held, at: iso(at) };
    const entry = { kind: 'dispute', id: entryId, from: before?.status, facts } as const;
    const booking = bookingWith(
      { payment, by, entry },
      paymentChanged,
      { because: kind },
      {
        at,
        correlationId: correlationid,
      },
    );
    return { booking, outcome: 'BOOKED' };
  });
  return 'outcome' in done ? done.outcome : 'NOTHING_TO_DO';
}
