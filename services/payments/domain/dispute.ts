import type { DisputeStatus } from './moves';
import type { Payment } from './payment';

export interface Dispute {
  amount: number;
  /** What of it was taken off `refundable`: less than the amount where a part was refunded before. */
  held: number;
}

type Change = Partial<Record<'refundable' | 'disputed' | 'chargedBack', number>>;

/** What a move of a dispute does to its payment. Each names what it changes, so that an end without a beginning works. */
export function disputeChange(
  { refundable }: Payment,
  { amount, held }: Dispute,
  from: DisputeStatus | 'NONE',
  to: DisputeStatus,
): { by: Change; held: number } {
  const taken = Math.min(amount, refundable);
  if (to === 'OPEN') return { by: { refundable: -taken, disputed: amount }, held: taken };
  if (from === 'NONE') {
    return to === 'LOST'
      ? { by: { refundable: -taken, chargedBack: amount }, held: taken }
      : { by: {}, held: 0 };
  }
  return to === 'LOST'
    ? { by: { disputed: -amount, chargedBack: amount }, held }
    : { by: { disputed: -amount, refundable: held }, held: 0 };
}
