import { createHmac, timingSafeEqual } from 'node:crypto';
import Joi from 'joi';
import { parse as parseSecurely } from 'secure-json-parse';
import type { Notice } from '../../../events/payment-events';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Webhook } from '../ports/webhook';
import { TOLERANCE_SECONDS } from './webhook-secrets';

/** `t=<seconds>,v1=<hex>`: https://docs.stripe.com/webhooks#verify-manually has the scheme. */
const SIGNATURE = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

interface SandboxEvent {
  id: string;
  type: string;
  data: {
    charge: { id: string; reference: string; currency: string };
    refund?: { id: string; key: string; amount: number };
    dispute?: { id: string; amount: number };
  };
}

const text = (max: number): Joi.StringSchema => Joi.string().min(1).max(max);
const amount = Joi.number().integer().min(0);

const schema = Joi.object<SandboxEvent>({
  id: text(100),
  type: text(64),
  data: Joi.object({
    charge: Joi.object({ id: text(64), reference: text(64), currency: Joi.string().pattern(/^[A-Z]{3}$/) }),
    refund: Joi.object({ id: text(40), key: text(255), amount }).optional(),
    dispute: Joi.object({ id: text(40), amount }).optional(),
  }),
});

const KINDS: Record<string, Notice['kind']> = {
  'charge.settled': 'CHARGE_SETTLED',
  'refund.created': 'REFUND_MADE',
  'refund.failed': 'REFUND_FAILED',
  'dispute.opened': 'DISPUTE_OPENED',
  'dispute.won': 'DISPUTE_WON',
  'dispute.lost': 'DISPUTE_LOST',
};

const wrong = (detail: string): Refusal => refuse('VALIDATION_FAILED', detail);

/** One answer for every way in which a signature can be wrong: it teaches nobody. */
const UNSIGNED = wrong('The signature is missing, too old or not ours.');

function isSigned(raw: string, header: string | undefined, secrets: string[], now: number): boolean {
  const [, seconds = '', given = ''] = SIGNATURE.exec(header ?? '') ?? [];
  if (Math.abs(now / 1000 - Number(seconds)) > TOLERANCE_SECONDS) return false;
  const signature = Buffer.from(given, 'hex');
  return secrets.some((secret) => {
    const own = createHmac('sha256', secret).update(`${seconds}.${raw}`).digest();
    return own.length === signature.length && timingSafeEqual(own, signature);
  });
}

function noticeOf({ type, data: { charge, refund, dispute } }: SandboxEvent): Notice | undefined {
  const kind = KINDS[type];
  if (!kind) return undefined;
  const entry = refund ?? dispute;
  return {
    kind,
    reference: charge.reference,
    ...(entry && { entryId: entry.id, amount: { amount: entry.amount, currency: charge.currency } }),
    ...(refund && { key: refund.key }),
  };
}

function parsed(raw: string): unknown {
  try {
    return parseSecurely(raw);
  } catch {
    return undefined;
  }
}

/** The webhook, if it is the provider's: verified before it is parsed. */
export function readSandboxWebhook(
  raw: string,
  header: string | undefined,
  secrets: string[],
  now: number,
): Webhook | Refusal {
  if (!isSigned(raw, header, secrets, now)) return UNSIGNED;
  const { error, value } = schema.validate(parsed(raw), {
    presence: 'required',
    convert: false,
    allowUnknown: true,
  });
  if (error || !value) return wrong('This is no event of the provider.');
  return { id: value.id, chargeId: value.data.charge.id, notice: noticeOf(value) };
}
