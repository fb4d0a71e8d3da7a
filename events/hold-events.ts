import { type Money, moneySchema } from '../shared/kernel/money';
import {
  type EventLine,
  linesSchema,
  moment,
  type OrderBasics,
  orderEvent,
  type StepRecord,
  stepsSchema,
  word,
} from './order-basics';

export interface OrderHeld extends OrderBasics {
  /** Why somebody should look at it: ABOVE_THRESHOLD or SUSPICIOUS. */
  because: string;
  decideBy: string;
  steps: StepRecord[];
}

/** IN_REVIEW: nothing is reserved or charged until staff decide. */
export const orderHeld = orderEvent<'order.held', OrderHeld>('order.held', {
  because: word(),
  decideBy: moment(),
  steps: stepsSchema,
});

export interface OrderReviewed extends OrderBasics {
  /** APPROVED, REFUSED or EXPIRED. */
  decision: string;
}

export const orderReviewed = orderEvent<'order.reviewed', OrderReviewed>('order.reviewed', {
  decision: word(),
});

export interface ChoiceAsked extends OrderBasics {
  /** What can still be had, and its total. */
  items: EventLine[];
  total: Money;
  expiresAt: string;
  steps: StepRecord[];
}

/** AWAITING_CUSTOMER: a part is sold out, and the customer asked to be asked. */
export const choiceAsked = orderEvent<'order.choice-asked', ChoiceAsked>('order.choice-asked', {
  items: linesSchema,
  total: moneySchema,
  expiresAt: moment(),
  steps: stepsSchema,
});

/** Who takes nothing of it, or says nothing, has an order.cancelled: by the actor customer, or system. */
export interface ChoiceMade extends OrderBasics {
  /** ACCEPTED. */
  decision: string;
}

export const choiceMade = orderEvent<'order.choice-made', ChoiceMade>('order.choice-made', {
  decision: word(),
});

/** A guest asked for a new link to the order; it travels by mail alone. */
export const linkRequested = orderEvent<'order.link-requested', OrderBasics>('order.link-requested', {});

/** A guest's order belongs to an account from now on. */
export const orderJoined = orderEvent<'order.joined', OrderBasics>('order.joined', {});

export const holdEvents = [
  orderHeld,
  orderReviewed,
  choiceAsked,
  choiceMade,
  linkRequested,
  orderJoined,
] as const;
