import Joi from 'joi';
import { type Money, moneySchema } from '../shared/kernel/money';
import type { EventContract } from './envelope';
import { id, word } from './order-basics';

const SOURCE = '/payments';

/** Where the payment of the order (the event's subject) stands after the event. */
export interface PaymentStanding {
  /** Raised by every event of a payment: of two that arrive in the wrong order the higher one counts. */
  version: number;
  paymentStatus: string;
}

const standing = { version: Joi.number().integer().min(0), paymentStatus: word() };

const contract = <Type extends string, Data extends PaymentStanding>(
  type: Type,
  more: Joi.SchemaMap = {},
): EventContract<Type, Data> => ({
  type,
  version: 1,
  source: SOURCE,
  data: Joi.object<Data>({ ...standing, ...more }),
});

/** What an attempt waited for has come, such as the customer's action; the next attempt asks the provider what it is. */
export const paymentSettled = contract<'payment.settled', PaymentStanding>('payment.settled');

export interface RefundFacts extends PaymentStanding {
  refundId: string;
  amount: Money;
}

const refund = { refundId: id(), amount: moneySchema };

/** Taken off what is refundable, and to be sent to the provider. */
export const refundRequested = contract<'payment.refund-requested', RefundFacts>(
  'payment.refund-requested',
  refund,
);

/** Money went back outside the saga. */
export const paymentRefunded = contract<'payment.refunded', RefundFacts>('payment.refunded', refund);

export interface PaymentMoved extends PaymentStanding {
  /** DISPUTE_OPENED, DISPUTE_WON, DISPUTE_LOST, CAPTURED, AUTHORIZATION_LOST or REFUND_FAILED. */
  because: string;
}

/** The payment moved without a step of the saga. */
export const paymentChanged = contract<'payment.changed', PaymentMoved>('payment.changed', {
  because: word(),
});

export const paymentEvents = [paymentSettled, refundRequested, paymentRefunded, paymentChanged] as const;

/** What orders follows; the rest is between payments and its own workers. */
export const followedPaymentEvents = [paymentSettled, paymentRefunded, paymentChanged] as const;
