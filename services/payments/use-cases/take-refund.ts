import type { Actor } from '../../../events/envelope';
import { refundRequested } from '../../../events/payment-events';
import type { Reply } from '../../../shared/kernel/idempotency';
import type { Money } from '../../../shared/kernel/money';
import type { Refusal } from '../../../shared/kernel/refusal';
import { type Clock, iso } from '../../../shared/kernel/time';
import type { Refund } from '../domain/refund';
import type { Bookings, StaffRequest } from '../ports/bookings';
import { bookAsSeen } from './book';
import { bookingWith } from './payment-event';

export interface TakeRefund {
  orderId: string;
  /** Whoever asks again asks with the same id, and takes nothing a second time. */
  refundId: string;
  amount: Money;
  correlationId: string;
  actor: Actor;
  reason?: string;
}

export type Taken =
  | { outcome: 'TAKEN'; refund: Refund }
  /** `left` is what could still be refunded. */
  | { outcome: 'EXCEEDS'; left: Money }
  | { outcome: 'NO_PAYMENT' };

export const newRefund = ({ orderId, refundId, amount, reason }: TakeRefund, at: number): Refund => ({
  id: refundId,
  orderId,
  amount,
  status: 'PENDING',
  takenAt: iso(at),
  reason,
});

/** docs/rules.md, 8: off `refundable` and into a row of its own, with the event that has it sent. */
export async function takeRefund(
  { bookings, clock }: { bookings: Bookings; clock: Clock },
  command: TakeRefund,
  staff?: StaffRequest,
): Promise<{ outcome: Taken } | { answer: Reply | Refusal }> {
  const { orderId, refundId, amount, reason, correlationId, actor } = command;
  const at = staff?.now ?? clock();
  return bookAsSeen<Taken>(
    bookings,
    orderId,
    async (payment) => {
      if (!payment) return { outcome: { outcome: 'NO_PAYMENT' } };
      const known = await bookings.refund(orderId, refundId);
      if (known) return { outcome: { outcome: 'TAKEN', refund: known } };
      const left = { amount: payment.refundable, currency: payment.money.currency };
      const exceeds = amount.amount > left.amount || amount.currency !== left.currency;
      if (exceeds || payment.openRefund) return { outcome: { outcome: 'EXCEEDS', left } };
      // By the key the stored reply is erased, which repeats the reason.
      const replyKey = staff?.request.recordKey;
      const facts = { status: 'PENDING', ...amount, takenAt: iso(at), reason, replyKey };
      const booking = bookingWith(
        { payment, by: { refundable: -amount.amount }, entry: { kind: 'refund', id: refundId, facts } },
        refundRequested,
        { refundId, amount },
        { at, correlationId, actor },
      );
      return { booking, outcome: { outcome: 'TAKEN', refund: newRefund(command, at) } };
    },
    staff,
  );
}
