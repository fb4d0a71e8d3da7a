import type { Reply } from '../../../shared/kernel/idempotency';
import type { Refusal } from '../../../shared/kernel/refusal';
import type { Payment } from '../domain/payment';
import type { Booking, Bookings, StaffRequest } from '../ports/bookings';

/** How often another writer may win before the caller is asked to come again. */
const TRIES = 5;

/** Others keep changing the payment; named so that the API answers 409 and a queue brings the message again. */
export class PaymentContended extends Error {
  override name = 'TransactionConflictException';
}

/**
 * Looks at the payment, decides, books; looks again when somebody else booked first.
 * @throws PaymentContended when others keep winning
 */
export async function bookAsSeen<Outcome>(
  bookings: Bookings,
  orderId: string,
  decide: (
    payment: Payment | undefined,
  ) => Promise<{ booking: Booking; outcome: Outcome } | { outcome: Outcome }>,
  staff?: StaffRequest,
): Promise<{ outcome: Outcome } | { answer: Reply | Refusal }> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const decision = await decide(await bookings.payment(orderId));
    if (!('booking' in decision)) return decision;
    const result = await bookings.book(decision.booking, staff);
    if (result.booked) return { outcome: decision.outcome };
    if (result.answer) return { answer: result.answer };
  }
  throw new PaymentContended(`The payment of ${orderId} keeps being changed by others`);
}
