import { makeEvent } from '../../../events/envelope';
import { paymentChanged } from '../../../events/payment-events';
import { HOUR, iso } from '../../../shared/kernel/time';
import { type Payment, paymentStatusOf } from '../domain/payment';
import type { Authorizations } from '../ports/authorizations';
import type { Bookings } from '../ports/bookings';
import { chargeOrder, type Desk, move } from './give-up';

export interface Renewals {
  renewed: number;
  lost: number;
  /** Why some could not be asked about now; the next run does. */
  faults: unknown[];
}

interface RenewalDesk extends Desk {
  bookings: Bookings;
  authorizations: Authorizations;
}

/** Renews what would run out before it is shipped; what the provider will not hold any longer is given up and told of. */
export async function renewAuthorizations(
  desk: RenewalDesk,
  { hoursLeft, atMost }: { hoursLeft: number; atMost: number },
  correlationId: string,
): Promise<Renewals> {
  const end = iso(desk.clock() + hoursLeft * HOUR);
  const result: Renewals = { renewed: 0, lost: 0, faults: [] };
  for (const orderId of await desk.authorizations.endingBefore(end, atMost)) {
    try {
      const outcome = await renew(desk, orderId, correlationId);
      if (outcome) result[outcome] += 1;
    } catch (error) {
      result.faults.push(error);
    }
  }
  return result;
}

const BY = 'RenewAuthorization';

/** An earlier run wrote that it gives up, and did not come to its end; what a saga gives up is the saga's. */
const isHalfLost = ({ state, movedBy }: Payment): boolean => state === 'ABANDONING' && movedBy === BY;

async function renew(
  desk: RenewalDesk,
  orderId: string,
  correlationId: string,
): Promise<'renewed' | 'lost' | undefined> {
  const payment = await desk.bookings.payment(orderId);
  if (!payment) return undefined;
  if (isHalfLost(payment)) return (await lose(desk, payment, correlationId)) ? 'lost' : undefined;
  if (payment.state !== 'AUTHORIZED') return undefined;
  const renewal = await desk.gateway.renew(chargeOrder(payment));
  if (renewal === 'REFUSED') return (await lose(desk, payment, correlationId)) ? 'lost' : undefined;
  await desk.authorizations.extend(payment, renewal.until);
  return 'renewed';
}

/** What was captured stays; where nothing was, the key is closed first, so that nothing can be charged under it later. */
async function lose(desk: RenewalDesk, payment: Payment, correlationId: string): Promise<boolean> {
  const captured = payment.captured > 0;
  let row = payment;
  if (!captured) {
    row = await move(desk, payment, { to: 'ABANDONING', by: BY });
    if (!isHalfLost(row)) return false;
    await desk.gateway.abandon(chargeOrder(row));
  }
  const to = captured ? 'CAPTURED' : 'VOIDED';
  const after: Payment = { ...row, state: to, version: row.version + 1 };
  const event = makeEvent(paymentChanged, {
    subject: row.orderId,
    at: desk.clock(),
    correlationId,
    actor: 'system',
    data: { version: after.version, paymentStatus: paymentStatusOf(after), because: 'AUTHORIZATION_LOST' },
  });
  return desk.authorizations.end(row, to, event);
}
