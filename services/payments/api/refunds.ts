import Joi from 'joi';
import { type Money, moneySchema } from '../../../shared/kernel/money';
import type { RefusalCode } from '../../../shared/kernel/refusal';
import type { Route } from '../../../shared/kernel/route';
import { line } from '../../../shared/kernel/text';
import type { Refund } from '../domain/refund';

export type { Refund } from '../domain/refund';

interface RefundRequest {
  amount: Money;
  reason: string;
}

const orderPath = Joi.object<{ id: string }, true>({ id: line(64) });

const example = {
  id: 'rfd_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
  amount: { amount: 1450, currency: 'EUR' },
  status: 'PENDING',
  reason: 'One mug arrived chipped',
  createdAt: '2026-11-21T12:00:00.000Z',
};

const ALWAYS: RefusalCode[] = ['VALIDATION_FAILED', 'FORBIDDEN', 'NOT_FOUND', 'INTERNAL', 'UNAVAILABLE'];

export const requestRefundRoute: Route<RefundRequest, { id: string }> = {
  method: 'POST',
  path: '/orders/{id}/refunds',
  summary: 'Give back a part or all of what an order has paid',
  access: 'staff',
  idempotent: true,
  ifMatch: 'optional',
  pathParameters: orderPath,
  body: Joi.object<RefundRequest, true>({
    amount: moneySchema.keys({ amount: Joi.number().integer().min(1) }),
    reason: line(200),
  }),
  freeText: ({ reason }) => ({ '/reason': reason }),
  bodyExample: { amount: example.amount, reason: 'One mug arrived chipped' },
  answer: { status: 202, description: 'Taken, and on its way to the provider', schema: 'Refund', example },
  errors: [
    ...ALWAYS,
    'BODY_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
    'IDEMPOTENCY_KEY_INVALID',
    'IDEMPOTENCY_KEY_REUSED',
    'CARD_NUMBER_REFUSED',
    'REFUND_EXCEEDS_CAPTURE',
    'STALE',
    'CONFLICT',
  ],
};

export const listRefundsRoute: Route<unknown, { id: string }> = {
  method: 'GET',
  path: '/orders/{id}/refunds',
  summary: 'The refunds of an order, oldest first',
  access: 'staff',
  pathParameters: orderPath,
  answer: { status: 200, description: 'All refunds', page: 'Refund', example: { items: [example] } },
  errors: ALWAYS,
};

export const routes = [requestRefundRoute, listRefundsRoute];

export const refundView = ({ id, amount, status, takenAt, settledAt, reason }: Refund) => ({
  id,
  amount,
  status,
  reason,
  createdAt: takenAt,
  settledAt,
});
