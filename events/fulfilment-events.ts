import Joi from 'joi';
import { type Money, moneySchema } from '../shared/kernel/money';
import { type EventLine, id, linesSchema, moment, type OrderBasics, orderEvent, word } from './order-basics';

const standing = { status: word(), paymentStatus: word(), fulfilmentStatus: word() };

/** Where the order stands after the event. */
export interface Standing {
  status: string;
  paymentStatus: string;
  fulfilmentStatus: string;
}

export interface OrderShipped extends OrderBasics, Standing {
  shipmentId: string;
  carrier: string;
  trackingNumber: string;
  /** The lines of this shipment alone, and what they cost: the amount captured where a shipment captures. */
  items: EventLine[];
  amount: Money;
}

/** A parcel with some or all of the lines is on its way. */
export const orderShipped = orderEvent<'order.shipped', OrderShipped>('order.shipped', {
  shipmentId: id(),
  carrier: Joi.string().min(1).max(60),
  trackingNumber: Joi.string().min(1).max(60),
  items: linesSchema,
  amount: moneySchema,
  ...standing,
});

export interface OrderDelivered extends OrderBasics, Standing {
  shipmentId: string;
  items: EventLine[];
}

export const orderDelivered = orderEvent<'order.delivered', OrderDelivered>('order.delivered', {
  shipmentId: id(),
  items: linesSchema,
  ...standing,
});

export interface ReturnRequested extends OrderBasics {
  returnId: string;
  items: EventLine[];
}

/** The customer wants to send lines back. */
export const returnRequested = orderEvent<'order.return-requested', ReturnRequested>(
  'order.return-requested',
  {
    returnId: id(),
    items: linesSchema,
  },
);

export interface ReturnReceived extends OrderBasics {
  returnId: string;
  items: EventLine[];
  amount: Money;
}

/** Staff have the goods in hand; the return's state machine refunds and restocks. */
export const returnReceived = orderEvent<'order.return-received', ReturnReceived>('order.return-received', {
  returnId: id(),
  items: linesSchema,
  amount: moneySchema,
});

export interface ReturnClosed extends OrderBasics, Standing {
  returnId: string;
  /** REFUNDED or REFUSED. */
  outcome: string;
  amount: Money;
}

export const returnClosed = orderEvent<'order.return-closed', ReturnClosed>('order.return-closed', {
  returnId: id(),
  outcome: word(),
  amount: moneySchema,
  ...standing,
});

export interface OrderRefunded extends OrderBasics, Standing {
  refundId: string;
  amount: Money;
}

/** Money went back outside the saga: by staff, for a return, or at the provider. */
export const orderRefunded = orderEvent<'order.refunded', OrderRefunded>('order.refunded', {
  refundId: id(),
  amount: moneySchema,
  ...standing,
});

export interface PaymentChanged extends OrderBasics, Standing {
  /**
   * Such as DISPUTE_OPENED, DISPUTE_WON, DISPUTE_LOST, CAPTURED, REFUND_FAILED, AUTHORIZATION_LOST, and
   * AUTHORIZATION_ENDED where nothing waits for it.
   */
  because: string;
  /** AUTHORIZATION_LOST: then what was not sent is cancelled. */
  decideBy?: string;
}

/** The payment moved without a step of the saga. */
export const orderPaymentChanged = orderEvent<'order.payment-changed', PaymentChanged>(
  'order.payment-changed',
  { because: word(), decideBy: moment().optional(), ...standing },
);

export interface RestCancelled extends OrderBasics, Standing {
  /** What was not sent, and is sold no more; the order is what was sent. */
  items: EventLine[];
  total: Money;
}

/** Nobody paid again after an authorisation was lost, and a part was on its way. */
export const orderRestCancelled = orderEvent<'order.rest-cancelled', RestCancelled>('order.rest-cancelled', {
  items: linesSchema,
  total: moneySchema,
  ...standing,
});

export const fulfilmentEvents = [
  orderShipped,
  orderDelivered,
  returnRequested,
  returnReceived,
  returnClosed,
  orderRefunded,
  orderPaymentChanged,
  orderRestCancelled,
] as const;
