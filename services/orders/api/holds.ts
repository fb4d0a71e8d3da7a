import Joi from 'joi';
import type { Route } from '../../../shared/kernel/route';
import { line } from '../../../shared/kernel/text';
import { MUTATING, orderExample, orderPath, WITH_BODY } from './parts';

interface ReviewRequest {
  decision: 'approve' | 'refuse';
  note?: string;
}

export const reviewOrderRoute: Route<ReviewRequest, { id: string }> = {
  method: 'POST',
  path: '/orders/{id}/review',
  summary: 'Let an order that is IN_REVIEW go on, or refuse it; within 24 hours',
  access: 'staff',
  idempotent: true,
  ifMatch: 'optional',
  pathParameters: orderPath,
  body: Joi.object<ReviewRequest, true>({
    decision: Joi.string().valid('approve', 'refuse'),
    note: line(500).optional(),
  }),
  freeText: ({ note }) => ({ '/note': note }),
  bodyExample: { decision: 'approve', note: 'Known customer, confirmed by phone' },
  answer: {
    schema: 'Order',
    status: 202,
    description: 'The order: PENDING when approved; IN_REVIEW until it is REJECTED when refused',
    example: { ...orderExample, version: 4 },
  },
  errors: [
    ...WITH_BODY,
    ...MUTATING,
    'CARD_NUMBER_REFUSED',
    'FORBIDDEN',
    'NOT_FOUND',
    'ILLEGAL_TRANSITION',
    'STALE',
  ],
};

interface ChoiceRequest {
  decision: 'accept' | 'cancel';
  version: number;
}

export const chooseRestRoute: Route<ChoiceRequest, { id: string }> = {
  method: 'POST',
  path: '/orders/{id}/choice',
  summary:
    'Take what is left of an order that is AWAITING_CUSTOMER, at its new total, or cancel it; within 24 hours',
  access: 'customer',
  idempotent: true,
  pathParameters: orderPath,
  body: Joi.object<ChoiceRequest, true>({
    decision: Joi.string().valid('accept', 'cancel'),
    version: Joi.number().integer().min(1),
  }),
  bodyExample: { decision: 'accept', version: 3 },
  answer: {
    schema: 'Order',
    status: 202,
    description: 'The order: PENDING with what is left of it, or CANCELLED',
    example: { ...orderExample, version: 4 },
  },
  errors: [...WITH_BODY, ...MUTATING, 'NOT_FOUND', 'ILLEGAL_TRANSITION', 'STALE'],
};

export const holdRoutes = [reviewOrderRoute, chooseRestRoute];
