import Joi from 'joi';
import type { RefusalCode } from '../../../shared/kernel/refusal';
import type { Route } from '../../../shared/kernel/route';
import { MUTATING, orderExample, orderPath, WITH_BODY } from './parts';

type Nothing = Record<string, never>;

const nothing = Joi.object<Nothing>({});
const ERRORS: RefusalCode[] = [...WITH_BODY, 'FORBIDDEN', 'NOT_FOUND'];

const attempt = (verb: string, summary: string): Route<Nothing, { id: string }> => ({
  method: 'POST',
  path: `/staff/orders/{id}/${verb}`,
  summary,
  access: 'staff',
  idempotent: true,
  ifMatch: 'optional',
  pathParameters: orderPath,
  body: nothing,
  bodyExample: {},
  answer: {
    schema: 'Order',
    status: 202,
    description: 'The order as the next attempt finds it',
    example: orderExample,
  },
  errors: [...ERRORS, ...MUTATING, 'ILLEGAL_TRANSITION', 'STALE'],
});

export const resumeOrderRoute = attempt(
  'resume',
  'Set an order that lies still going again: its next attempt takes up what the last one left',
);

export const compensateOrderRoute = attempt(
  'compensate',
  'Take an order that lies still back: its next attempt gives back what was charged and held, and cancels it',
);

export const republishOrderRoute: Route<Nothing, { id: string }> = {
  method: 'POST',
  path: '/staff/orders/{id}/republish',
  summary: 'Send the events of an order again, under the ids they have; none that is older than 31 days',
  access: 'staff',
  pathParameters: orderPath,
  body: nothing,
  bodyExample: {},
  answer: {
    schema: 'Republished',
    status: 200,
    description:
      'How many were sent, and how many were left out since their consumers may have forgotten them',
    example: { events: 3, tooOld: 0 },
  },
  errors: ERRORS,
};

export const operatingRoutes = [resumeOrderRoute, compensateOrderRoute, republishOrderRoute];
