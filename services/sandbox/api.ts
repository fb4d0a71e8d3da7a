import Joi from 'joi';
import { MAX_AMOUNT } from '../../shared/kernel/money';
import type { Route } from '../../shared/kernel/route';
import { line } from '../../shared/kernel/text';

const PRINTABLE = /^[\x21-\x7e]+$/;
const CHARGE = /^chg_[0-9A-F]{26}$/;

const amount = (): Joi.NumberSchema => Joi.number().integer().min(0).max(MAX_AMOUNT);
const key = (): Joi.StringSchema => Joi.string().pattern(PRINTABLE).max(255);
const reference = (): Joi.StringSchema => Joi.string().pattern(PRINTABLE).max(64);

/** An Idempotency-Key of the provider: its clients derive theirs (`pay#<orderId>`), so any printable one will do. */
export const isProviderKey = (given: string | undefined): given is string =>
  given !== undefined && given.length <= 255 && PRINTABLE.test(given);

const charge = {
  id: 'chg_0A1B2C3D4E5F60718293A4B5C6',
  reference: 'ord_01JQ7V3K5T9WZ6Y2M4N8P0R1S3',
  amount: 4598,
  currency: 'EUR',
  status: 'succeeded',
  refunded: 0,
  createdAt: '2026-11-21T12:00:00.000Z',
};

export interface ChargeBody {
  reference: string;
  amount: number;
  currency: string;
  token: string;
  capture?: boolean;
}

export const postCharge: Route<ChargeBody> = {
  method: 'POST',
  path: '/sandbox/charges',
  summary: 'Charge a card, once per Idempotency-Key; a decline is 402 with decline_code',
  access: 'public',
  body: Joi.object<ChargeBody, true>({
    reference: reference(),
    amount: amount(),
    currency: Joi.string().pattern(/^[A-Z]{3}$/),
    token: line(255),
    capture: Joi.boolean().optional(),
  }),
  bodyExample: { reference: charge.reference, amount: 4598, currency: 'EUR', token: 'tok_visa' },
  answer: { status: 201, description: 'The charge', example: charge },
  errors: ['VALIDATION_FAILED', 'IDEMPOTENCY_KEY_INVALID', 'CONFLICT', 'IDEMPOTENCY_KEY_REUSED'],
};

export interface LedgerQuery {
  reference?: string;
  since?: string;
  key?: string;
  cursor?: string;
  limit?: number;
}

export const getCharges: Route<unknown, unknown, LedgerQuery> = {
  method: 'GET',
  path: '/sandbox/charges',
  summary: 'The ledger: the charges of a reference, since a time, or of a key; oldest first',
  access: 'public',
  query: Joi.object<LedgerQuery, true>({
    reference: reference().optional(),
    since: Joi.string()
      .pattern(/^(\d{10,14}|\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?)$/)
      .optional(),
    key: key().optional(),
    cursor: Joi.string().min(1).max(500).optional(),
    limit: Joi.number().integer().min(1).max(100).optional(),
  }),
  answer: { status: 200, description: 'A page of charges', example: { items: [charge] } },
  errors: ['VALIDATION_FAILED', 'CURSOR_INVALID'],
};

interface WithId {
  id: string;
}

const pathParameters = Joi.object<WithId, true>({ id: Joi.string().pattern(CHARGE) });

const onCharge = (verb: 'renew' | 'expire', summary: string, status: string): Route<unknown, WithId> => ({
  method: 'POST',
  path: `/sandbox/charges/{id}/${verb}`,
  summary,
  access: 'public',
  pathParameters,
  answer: { status: 200, description: 'The charge', example: { ...charge, status } },
  errors: ['VALIDATION_FAILED', 'NOT_FOUND', 'ILLEGAL_TRANSITION'],
});

export const postRenew = onCharge(
  'renew',
  'Authorize for another week what is authorized still',
  'authorized',
);
export const postExpire = onCharge('expire', 'Let an authorization or an action run out', 'expired');

export interface CaptureBody {
  amount?: number;
  final?: boolean;
}

export const postCapture: Route<CaptureBody, WithId> = {
  method: 'POST',
  path: '/sandbox/charges/{id}/capture',
  summary:
    'Capture what was authorized: all of it, or a part once per Idempotency-Key; `final` releases the rest',
  access: 'public',
  pathParameters,
  body: Joi.object<CaptureBody, true>({ amount: amount().optional(), final: Joi.boolean().optional() }),
  bodyExample: { amount: 1000 },
  answer: { status: 200, description: 'The charge', example: { ...charge, status: 'authorized' } },
  errors: ['VALIDATION_FAILED', 'IDEMPOTENCY_KEY_INVALID', 'NOT_FOUND', 'ILLEGAL_TRANSITION'],
};

interface DisputeBody {
  outcome: 'open' | 'won' | 'lost';
}

export const postDispute: Route<DisputeBody, WithId> = {
  method: 'POST',
  path: '/sandbox/charges/{id}/dispute',
  summary: 'What the owner of the card, then the bank, does about a charge',
  access: 'public',
  pathParameters,
  body: Joi.object<DisputeBody, true>({ outcome: Joi.string().valid('open', 'won', 'lost') }),
  bodyExample: { outcome: 'open' },
  answer: { status: 200, description: 'The charge', example: { ...charge, dispute: 'opened' } },
  errors: ['VALIDATION_FAILED', 'NOT_FOUND', 'ILLEGAL_TRANSITION'],
};

export const postRefund: Route<{ amount?: number }, WithId> = {
  method: 'POST',
  path: '/sandbox/charges/{id}/refunds',
  summary: 'Give back part of a charge or, without an amount, what is left; once per Idempotency-Key',
  access: 'public',
  pathParameters,
  body: Joi.object<{ amount?: number }, true>({ amount: amount().min(1).optional() }),
  bodyExample: { amount: 1000 },
  answer: {
    status: 201,
    description: 'The refund and its charge',
    example: { id: 'Zk3…', amount: 1000, status: 'succeeded', charge },
  },
  errors: ['VALIDATION_FAILED', 'NOT_FOUND', 'ILLEGAL_TRANSITION', 'REFUND_EXCEEDS_CAPTURE'],
};

export const postAbandonment: Route<{ key: string }> = {
  method: 'POST',
  path: '/sandbox/abandonments',
  summary: 'Undo what was charged under a key and make every later arrival of the key fail',
  access: 'public',
  body: Joi.object<{ key: string }, true>({ key: key() }),
  bodyExample: { key: `pay#${charge.reference}` },
  answer: {
    status: 200,
    description: 'The key is closed',
    example: { key: `pay#${charge.reference}`, closed: true },
  },
  errors: ['VALIDATION_FAILED'],
};

export const postAction: Route<{ outcome: 'succeed' | 'fail' }, WithId> = {
  method: 'POST',
  path: '/sandbox/actions/{id}',
  summary: 'What the customer does at the address of nextAction',
  access: 'public',
  pathParameters,
  body: Joi.object<{ outcome: 'succeed' | 'fail' }, true>({ outcome: Joi.string().valid('succeed', 'fail') }),
  bodyExample: { outcome: 'succeed' },
  answer: { status: 200, description: 'The charge', example: charge },
  errors: ['VALIDATION_FAILED', 'NOT_FOUND', 'ILLEGAL_TRANSITION'],
};
