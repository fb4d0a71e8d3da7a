import { readEvent } from '../../../events/envelope';
import { orderCancelled, orderConfirmed, orderRejected } from '../../../events/order-events';
import type { OrderMailKind, OrderNews } from '../domain/order-mail';

/** An event that its customer is told of. @throws EventInvalid for any other. */
export const readToldEvent = (event: unknown) =>
  readEvent<typeof orderConfirmed | typeof orderRejected | typeof orderCancelled>(
    [orderConfirmed, orderRejected, orderCancelled],
    event,
  );

type ToldEvent = ReturnType<typeof readToldEvent>;

const KINDS: Record<ToldEvent['type'], OrderMailKind> = {
  'order.confirmed': 'order-confirmed',
  'order.rejected': 'order-rejected',
  'order.cancelled': 'order-cancelled',
};

/** A cancellation's reason is the customer's own text and is not repeated to them. */
const becauseOf = (event: ToldEvent): Pick<OrderNews, 'reason' | 'paymentStatus'> =>
  event.type === 'order.rejected'
    ? { reason: event.data.reason, paymentStatus: event.data.paymentStatus }
    : {};

export const newsOf = (event: ToldEvent): OrderNews => ({
  kind: KINDS[event.type],
  eventId: event.id,
  orderId: event.subject,
  at: event.time,
  lines: event.data.items,
  total: event.data.total,
  ...becauseOf(event),
});
