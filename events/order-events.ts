import Joi from 'joi';
import { type Money, moneySchema } from '../shared/kernel/money';
import type { EventContract } from './envelope';
import { fulfilmentEvents } from './fulfilment-events';
import { holdEvents } from './hold-events';
import {
  basics,
  type EventLine,
  linesSchema,
  type OrderBasics,
  type StepRecord,
  stepsSchema,
  word,
} from './order-basics';

export type { EventLine, OrderBasics, StepRecord } from './order-basics';

const SOURCE = '/orders';

const content = { ...basics, items: linesSchema, total: moneySchema };

export interface OrderPlaced extends OrderBasics {
  items: EventLine[];
  total: Money;
}

/** Accepted and to be processed. */
export const orderPlaced: EventContract<'order.placed', OrderPlaced> = {
  type: 'order.placed',
  version: 1,
  source: SOURCE,
  data: Joi.object<OrderPlaced, true>({ ...content }),
};

export interface OrderConfirmed extends OrderPlaced {
  paymentStatus: string;
  steps: StepRecord[];
}

/** Paid and its stock taken. */
export const orderConfirmed: EventContract<'order.confirmed', OrderConfirmed> = {
  type: 'order.confirmed',
  version: 1,
  source: SOURCE,
  data: Joi.object<OrderConfirmed, true>({
    ...content,
    paymentStatus: word(),
    steps: stepsSchema,
  }),
};

export interface OrderRejected extends OrderPlaced {
  reason: string;
  paymentStatus: string;
  steps: StepRecord[];
}

/** Ended without effect: money and stock are where they were. */
export const orderRejected: EventContract<'order.rejected', OrderRejected> = {
  type: 'order.rejected',
  version: 1,
  source: SOURCE,
  data: Joi.object<OrderRejected, true>({
    ...content,
    reason: word(),
    paymentStatus: word(),
    steps: stepsSchema,
  }),
};

export interface OrderCancelled extends OrderPlaced {
  /** Of the attempt that ended the order so; absent where it ended before its next attempt. */
  steps?: StepRecord[];
}

/** Cancelled by its customer; what was paid or held comes back by the attempt that follows or ends with it. */
export const orderCancelled: EventContract<'order.cancelled', OrderCancelled> = {
  type: 'order.cancelled',
  version: 1,
  source: SOURCE,
  data: Joi.object<OrderCancelled, true>({ ...content, steps: stepsSchema.optional() }),
};

export interface OrderSettled extends OrderBasics {
  paymentStatus: string;
  steps: StepRecord[];
}

/** What an order had paid and held that was cancelled, or rejected, is given back. */
export const orderSettled: EventContract<'order.settled', OrderSettled> = {
  type: 'order.settled',
  version: 1,
  source: SOURCE,
  data: Joi.object<OrderSettled, true>({ ...basics, paymentStatus: word(), steps: stepsSchema }),
};

/** The customer asked to cancel while the saga ran; its running attempt decides. */
export const orderCancelRequested: EventContract<'order.cancel-requested', OrderBasics> = {
  type: 'order.cancel-requested',
  version: 1,
  source: SOURCE,
  data: Joi.object<OrderBasics, true>(basics),
};

export interface OrderSagaRequested extends OrderBasics {
  because: string;
}

/** A new attempt is to take the order on from where it stands. */
export const orderSagaRequested: EventContract<'order.saga-requested', OrderSagaRequested> = {
  type: 'order.saga-requested',
  version: 1,
  source: SOURCE,
  data: Joi.object<OrderSagaRequested, true>({ ...basics, because: word() }),
};

export interface OrderParked extends OrderBasics {
  status: string;
  paymentStatus: string;
  /** The customer is to act from now on; absent where they were asked before, or there is nothing to do for them. */
  asks?: true;
  steps: StepRecord[];
}

/** The attempt ended with the order waiting: for the provider to be asked, or for the customer to act. */
export const orderParked: EventContract<'order.parked', OrderParked> = {
  type: 'order.parked',
  version: 1,
  source: SOURCE,
  data: Joi.object<OrderParked, true>({
    ...basics,
    status: word(),
    paymentStatus: word(),
    asks: Joi.boolean().valid(true).optional(),
    steps: stepsSchema,
  }),
};

export const orderEvents = [
  orderPlaced,
  orderConfirmed,
  orderRejected,
  orderCancelled,
  orderSettled,
  orderCancelRequested,
  orderSagaRequested,
  orderParked,
  ...fulfilmentEvents,
  ...holdEvents,
] as const;
