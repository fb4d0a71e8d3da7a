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

/** What the provider told of, in our words; the subject is the charge. */
export interface Notice {
  kind:
    | 'CHARGE_SETTLED'
    | 'REFUND_MADE'
    | 'REFUND_FAILED'
    | 'DISPUTE_OPENED'
    | 'DISPUTE_WON'
    | 'DISPUTE_LOST';
  /** The order, where the provider names it. */
  reference?: string;
  /** The provider's id of the refund or dispute, and its amount. */
  entryId?: string;
  amount?: Money;
  /** The idempotency key of a refund: one of ours is settled by whoever sent it. */
  key?: string;
}

/** A webhook of the provider, verified and kept: its id follows from the provider's, so that a duplicate is the same. */
export const paymentNotified: EventContract<'payment.notified', Notice> = {
  type: 'payment.notified',
  version: 1,
  source: SOURCE,
  data: Joi.object<Notice, true>({
    kind: Joi.string().valid(
      'CHARGE_SETTLED',
      'REFUND_MADE',
      'REFUND_FAILED',
      'DISPUTE_OPENED',
      'DISPUTE_WON',
      'DISPUTE_LOST',
    ),
    reference: id().optional(),
    entryId: id().optional(),
    amount: moneySchema.optional(),
    key: Joi.string().max(255).optional(),
  }),
};

export const paymentEvents = [
  paymentSettled,
  refundRequested,
  paymentRefunded,
  paymentChanged,
  paymentNotified,
] as const;

/** What orders follows; the rest is between payments and its own workers. */
export const followedPaymentEvents = [paymentSettled, paymentRefunded, paymentChanged] as const;
