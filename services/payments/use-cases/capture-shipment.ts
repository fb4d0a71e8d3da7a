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
  /** All lines of the order are on their way. */
  last: boolean;
  /** Parcels told of before this one have had their time: what is not captured by now never will be. */
  patienceIsOver: boolean;
  correlationId: string;
}

export type Captured = 'CAPTURED' | 'CAPTURED_BEFORE' | 'REFUSED' | 'NOTHING_TO_DO';

/** The last parcel came first: it waits, since capturing it would release what the others still need. */
export class OthersFirst extends Error {
  override name = 'OthersFirst';
}

interface Desk {
  bookings: Bookings;
  gateway: PaymentGateway;
  clock: Clock;
}

const captureKey = (shipmentId: string): string => `capture#${shipmentId}`;

/** Takes what the lines of a parcel cost, once a shipment; with the last one the rest is released. */
export async function captureShipment(desk: Desk, command: CaptureShipment): Promise<Captured> {
  const { bookings, gateway } = desk;
  const { orderId, shipmentId, amount } = command;
  const payment = await bookings.payment(orderId);
  if (payment?.captureOn !== 'shipment') return 'NOTHING_TO_DO';
  if (await bookings.entry(orderId, 'capture', shipmentId)) return 'CAPTURED_BEFORE';
  if (payment.state !== 'AUTHORIZED') return 'NOTHING_TO_DO';
  const final = isFinal(payment, command);
  const key = captureKey(shipmentId);
  const end = await gateway.capture(chargeOrder(payment), { key, amount: amount.amount, final });
  const done = await bookAsSeen<Captured>(bookings, orderId, async (now) => {
    const known = await bookings.entry(orderId, 'capture', shipmentId);
    if (!now || known || now.state !== 'AUTHORIZED') return { outcome: 'CAPTURED_BEFORE' };
    return { outcome: end, booking: bookingOf(desk, now, command, { end, final }) };
  });
  return 'outcome' in done ? done.outcome : 'NOTHING_TO_DO';
}

/** @throws OthersFirst, or PermanentFault for more than is left: such a parcel is not of this order. */
function isFinal(payment: Payment, { amount, last, patienceIsOver }: CaptureShipment): boolean {
  const rest = uncaptured(payment) - amount.amount;
  if (rest < 0 || amount.currency !== payment.money.currency) {
    throw new PermanentFault(`${amount.amount} are shipped, and ${uncaptured(payment)} can be captured`);
  }
  if (last && rest > 0 && !patienceIsOver)
    throw new OthersFirst('Parcels before the last one are not captured yet');
  return rest === 0 || last;
}

function bookingOf(
  { clock }: Desk,
  payment: Payment,
  { shipmentId, amount, correlationId }: CaptureShipment,
  { end, final }: { end: 'CAPTURED' | 'REFUSED'; final: boolean },
): Booking {
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
  const to = final ? 'CAPTURED' : undefined;
  return bookingWith({ payment, by, to, entry }, paymentChanged, told('CAPTURED'), { at, correlationId });
}
