import { type EventOf, readEvent } from '../../../events/envelope';
import {
  orderDelivered,
  orderPaymentChanged,
  orderRefunded,
  orderRestCancelled,
  orderShipped,
  returnClosed,
  returnReceived,
} from '../../../events/fulfilment-events';
import { choiceAsked, linkRequested } from '../../../events/hold-events';
import { orderCancelled, orderConfirmed, orderParked, orderRejected } from '../../../events/order-events';
import { endpointDisabled } from '../../../events/webhook-events';
import type { OrderNews } from '../domain/order-mail';

/** Events that may be told to a customer. Held in review is not: it says nothing yet, and warns a fraudster. */
const TOLD = [
  orderConfirmed,
  orderRejected,
  orderCancelled,
  orderShipped,
  orderDelivered,
  returnReceived,
  returnClosed,
  orderRefunded,
  orderPaymentChanged,
  orderRestCancelled,
  orderParked,
  choiceAsked,
  linkRequested,
] as const;

type ToldEvent = EventOf<(typeof TOLD)[number]>;

/** An event that its customer is told of. @throws EventInvalid for any other. */
export const readToldEvent = (event: unknown): ToldEvent => readEvent(TOLD, event) as ToldEvent;

/** What comes by the queue of mails: such an event, or one for the owner of an endpoint. @throws EventInvalid */
export const readMailEvent = (event: unknown): ToldEvent | EventOf<typeof endpointDisabled> =>
  readEvent<(typeof TOLD)[number] | typeof endpointDisabled>([...TOLD, endpointDisabled], event);

type Told = Pick<OrderNews, 'kind'> & Partial<OrderNews>;

/** A cancellation's reason is the customer's own text and is not repeated to them. */
function told(event: ToldEvent): Told | undefined {
  switch (event.type) {
    case 'order.rejected':
      return {
        kind: 'order-rejected',
        lines: event.data.items,
        total: event.data.total,
        reason: event.data.reason,
        paymentStatus: event.data.paymentStatus,
      };
    case 'order.shipped': {
      const { items, amount, carrier, trackingNumber } = event.data;
      return { kind: 'order-shipped', lines: items, total: amount, carrier, trackingNumber };
    }
    case 'order.delivered':
      return { kind: 'order-delivered', lines: event.data.items };
    case 'order.return-received':
      return { kind: 'return-received', lines: event.data.items, total: event.data.amount };
    case 'order.return-closed':
      return event.data.outcome === 'REFUNDED'
        ? { kind: 'return-refunded', total: event.data.amount }
        : { kind: 'return-refused' };
    case 'order.refunded':
      return { kind: 'order-refunded', total: event.data.amount };
    case 'order.payment-changed':
      return event.data.because === 'AUTHORIZATION_LOST'
        ? { kind: 'payment-lost', expiresAt: event.data.decideBy }
        : undefined;
    case 'order.rest-cancelled':
      return { kind: 'rest-cancelled', lines: event.data.items, total: event.data.total };
    case 'order.parked':
      return event.data.asks ? { kind: 'action-required' } : undefined;
    case 'order.choice-asked': {
      const { items, total, expiresAt } = event.data;
      return { kind: 'choice-asked', lines: items, total, expiresAt };
    }
    case 'order.link-requested':
      return { kind: 'order-link' };
    default:
      return {
        kind: event.type === 'order.confirmed' ? 'order-confirmed' : 'order-cancelled',
        lines: event.data.items,
        total: event.data.total,
      };
  }
}

/** What the customer is told of an event; undefined where it is none of their concern. */
export function newsOf(event: ToldEvent): OrderNews | undefined {
  const news = told(event);
  return (
    news && {
      lines: [],
      ...news,
      eventId: event.id,
      orderId: event.subject,
      customerId: event.data.customerId,
      at: event.time,
    }
  );
}
