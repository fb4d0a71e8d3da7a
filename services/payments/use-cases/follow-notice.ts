import { type CloudEvent, makeEvent } from '../../../events/envelope';
import { type Notice, paymentSettled } from '../../../events/payment-events';
import type { Clock } from '../../../shared/kernel/time';
import { type Payment, paymentStatusOf } from '../domain/payment';
import type { Bookings } from '../ports/bookings';
import type { Outbox } from '../ports/outbox';
import type { PaymentGateway } from '../ports/payment-gateway';
import { bookDispute } from './book-dispute';
import { bookRefundFailed } from './book-refund-failed';
import { bookRefundMade } from './book-refund-made';
import { TooEarly } from './too-early';

export interface NoticeDesk {
  bookings: Bookings;
  outbox: Outbox;
  gateway: Pick<PaymentGateway, 'referenceOf'>;
  clock: Clock;
}

export type NoticeEvent = CloudEvent<'payment.notified', Notice>;

export type NoticeEnd = 'BOOKED' | 'TOLD' | 'NOTHING_TO_DO' | 'NOT_OURS';

/** Brings what the provider told of to the payment, once, in whatever order it is told. */
export async function followNotice(desk: NoticeDesk, event: NoticeEvent): Promise<NoticeEnd> {
  const { subject: chargeId, data: notice } = event;
  const orderId = notice.reference ?? (await desk.gateway.referenceOf(chargeId));
  const payment = orderId === undefined ? undefined : await desk.bookings.payment(orderId);
  if (!payment || (payment.chargeId ?? chargeId) !== chargeId) return 'NOT_OURS';
  if (notice.kind === 'CHARGE_SETTLED') return tell(desk, payment, event);
  if (payment.state === 'PENDING' || payment.state === 'REQUIRES_ACTION') {
    throw new TooEarly(`The payment is ${payment.state} still`);
  }
  return (BOOKS[notice.kind] ?? bookDispute)(desk, payment.orderId, event);
}

const BOOKS: Partial<Record<Notice['kind'], typeof bookRefundMade>> = {
  REFUND_MADE: bookRefundMade,
  REFUND_FAILED: bookRefundFailed,
};

const OPEN = ['PENDING', 'REQUIRES_ACTION', 'ABANDONING'];

/** Nothing is taken from the notice itself: the next attempt asks the provider, whose answer counts. */
async function tell(
  { outbox, clock }: NoticeDesk,
  payment: Payment,
  { id, correlationid }: NoticeEvent,
): Promise<NoticeEnd> {
  if (!OPEN.includes(payment.state)) return 'NOTHING_TO_DO';
  const settled = makeEvent(paymentSettled, {
    id: `${id}#settled`,
    subject: payment.orderId,
    at: clock(),
    correlationId: correlationid,
    actor: 'system',
    data: { version: payment.version, paymentStatus: paymentStatusOf(payment) },
  });
  return (await outbox.keep(settled)) ? 'TOLD' : 'NOTHING_TO_DO';
}
