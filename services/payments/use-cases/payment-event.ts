import { type Actor, type EventContract, makeEvent } from '../../../events/envelope';
import type { PaymentStanding } from '../../../events/payment-events';
import { type Payment, paymentStatusOf } from '../domain/payment';
import type { Booking, Counter } from '../ports/bookings';

export interface Circumstances {
  at: number;
  correlationId: string;
  actor?: Actor;
}

const after = (payment: Payment, by: Booking['by'], to = payment.state): Payment => {
  const sums = Object.entries(by).map(([name, change]) => [name, payment[name as Counter] + (change ?? 0)]);
  return { ...payment, ...Object.fromEntries(sums), state: to, version: payment.version + 1 };
};

/** A booking with the event that tells where the payment stands after it. */
export function bookingWith<Type extends string, Data extends PaymentStanding>(
  booking: Omit<Booking, 'event'>,
  contract: EventContract<Type, Data>,
  more: Omit<Data, keyof PaymentStanding>,
  { at, correlationId, actor = 'system' }: Circumstances,
): Booking {
  const payment = after(booking.payment, booking.by, booking.to);
  const data = { ...more, version: payment.version, paymentStatus: paymentStatusOf(payment) } as Data;
  return {
    ...booking,
    event: makeEvent(contract, { subject: payment.orderId, at, correlationId, actor, data }),
  };
}
