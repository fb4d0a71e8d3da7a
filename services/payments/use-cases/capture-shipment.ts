import { type PaymentMoved, paymentChanged } from '../../../events/payment-events';
import type { Money } from '../../../shared/kernel/money';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import { type Clock, iso } from '../../../shared/kernel/time';
import { type Payment, uncaptured } from '../domain/payment';
import type { Booking, Bookings } from '../ports/bookings';
import type { PaymentGateway } from '../ports/payment-gateway';
import { bookAsSeen } from './book';
import { chargeOrder } from './give-up';
import { bookingWith } from './payment-event';

export interface CaptureShipment {
  orderId: string;
  shipmentId: string;
  /** What the lines of the shipment cost. */
  amount: Money;
  correlationId: string;
}

/** REFUSED by the provider, UNPAID because the authorisation was given up: the parcel is sent and nobody pays for it. */
export type Captured = 'CAPTURED' | 'CAPTURED_BEFORE' | 'REFUSED' | 'UNPAID' | 'NOTHING_TO_DO';

interface Desk {
  bookings: Bookings;
  gateway: PaymentGateway;
  clock: Clock;
}

const captureKey = (shipmentId: string): string => `capture#${shipmentId}`;

/** An authorisation that ended early leaves what was taken before; the provider knows whether this parcel's part was. */
const mayBeCaptured = ({ state }: Payment): boolean => state === 'AUTHORIZED' || state === 'CAPTURED';

/** Takes what the lines of a parcel cost, once a shipment; the parcel that makes it the whole ends the authorisation. */
export async function captureShipment(desk: Desk, command: CaptureShipment): Promise<Captured> {
  const { bookings, gateway } = desk;
  const { orderId, shipmentId, amount } = command;
  const payment = await bookings.payment(orderId);
  if (payment?.captureOn !== 'shipment') return 'NOTHING_TO_DO';
  if (await bookings.entry(orderId, 'capture', shipmentId)) return 'CAPTURED_BEFORE';
  if (!mayBeCaptured(payment)) return 'UNPAID';
  const final = restAfter(payment, command) === 0;
  const key = captureKey(shipmentId);
  const end = await gateway.capture(chargeOrder(payment), { key, amount: amount.amount, final });
  const done = await bookAsSeen<Captured>(bookings, orderId, async (now) => {
    const known = await bookings.entry(orderId, 'capture', shipmentId);
    if (!now || known) return { outcome: 'CAPTURED_BEFORE' };
    // Given up meanwhile: with all that was charged under the order's key, this part is undone.
    if (!mayBeCaptured(now)) return { outcome: 'UNPAID' };
    return { outcome: end, booking: bookingOf(desk, now, command, end) };
  });
  return 'outcome' in done ? done.outcome : 'NOTHING_TO_DO';
}

/**
 * All lines cost what is authorised, so nothing is left after the parcel that is captured last, whichever it is.
 * @throws PermanentFault for more than is left: such a parcel is not of this order.
 */
function restAfter(payment: Payment, { amount }: CaptureShipment): number {
  const rest = uncaptured(payment) - amount.amount;
  if (rest < 0 || amount.currency !== payment.money.currency) {
    throw new PermanentFault(`${amount.amount} are shipped, and ${uncaptured(payment)} can be captured`);
  }
  return rest;
}

function bookingOf(
  { clock }: Desk,
  payment: Payment,
  command: CaptureShipment,
  end: 'CAPTURED' | 'REFUSED',
): Booking {
  const { shipmentId, amount, correlationId } = command;
  const at = clock();
  const facts = { status: end, ...amount, at: iso(at) };
  const entry = { kind: 'capture', id: shipmentId, facts } as const;
  const told = (because: string): Omit<PaymentMoved, 'version' | 'paymentStatus'> => ({ because });
  if (end === 'REFUSED') {
    return bookingWith({ payment, by: {}, entry }, paymentChanged, told('AUTHORIZATION_LOST'), {
      at,
      correlationId,
    });
  }
  const by = { captured: amount.amount, refundable: amount.amount };
  const to = restAfter(payment, command) === 0 ? 'CAPTURED' : undefined;
  return bookingWith({ payment, by, to, entry }, paymentChanged, told('CAPTURED'), { at, correlationId });
}
