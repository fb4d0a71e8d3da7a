import Joi from 'joi';
import type { Charge, ChargeStatus } from '../domain/charge';
import type { NextAction } from '../domain/payment';
import { ProviderFault } from '../ports/payment-gateway';

interface SandboxCharge {
  id: string;
  reference: string;
  amount: number;
  currency: string;
  status: ChargeStatus;
  refunded: number;
  createdAt: string;
  nextAction?: NextAction;
  declineCode?: string;
  authorizedUntil?: string;
}

const STATUSES: ChargeStatus[] = [
  'succeeded',
  'authorized',
  'partially_refunded',
  'refunded',
  'voided',
  'declined',
  'expired',
  'requires_action',
];

const chargeSchema = Joi.object<SandboxCharge>({
  id: Joi.string().max(64),
  reference: Joi.string().max(64),
  amount: Joi.number().integer().min(0),
  currency: Joi.string().pattern(/^[A-Z]{3}$/),
  status: Joi.string().valid(...STATUSES),
  refunded: Joi.number().integer().min(0),
  createdAt: Joi.string().max(30),
  nextAction: Joi.object({
    type: Joi.string().valid('redirect'),
    url: Joi.string().max(2000),
    expiresAt: Joi.string().max(30),
  }).optional(),
  declineCode: Joi.string().max(64).optional(),
  authorizedUntil: Joi.string().max(30).optional(),
});

const pageSchema = Joi.object<{ items: SandboxCharge[]; nextCursor?: string }>({
  items: Joi.array().items(chargeSchema).max(100),
  nextCursor: Joi.string().max(2000).optional(),
});

/** What does not look like an answer of the provider is none: a proxy's page, half a body, another version. */
function parse<T>(schema: Joi.ObjectSchema<T>, body: unknown): T {
  const { error, value } = schema.validate(body, {
    presence: 'required',
    convert: false,
    allowUnknown: true,
  });
  if (error)
    throw new ProviderFault('UNANSWERED', 'The provider answered something that is not its contract');
  return value as T;
}

const toCharge = ({ amount, currency, ...charge }: SandboxCharge): Charge => ({
  ...charge,
  money: { amount, currency },
});

export const readCharge = (body: unknown): Charge => toCharge(parse(chargeSchema, body));

export function readPage(body: unknown): { charges: Charge[]; nextCursor?: string } {
  const { items, nextCursor } = parse(pageSchema, body);
  return { charges: items.map(toCharge), nextCursor };
}
