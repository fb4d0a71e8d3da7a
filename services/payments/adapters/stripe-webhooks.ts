import Stripe from 'stripe';
import type { Notice } from '../../../events/payment-events';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Webhook } from '../ports/webhook';
import { TOLERANCE_SECONDS } from './webhook-secrets';

const idOf = (value: string | { id: string } | null | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.id;

const money = ({ amount, currency }: { amount: number; currency: string }) => ({
  amount,
  currency: currency.toUpperCase(),
});

type Told = { intent: string | undefined; notice?: Notice };

const charge = ({ id, metadata }: Stripe.PaymentIntent): Told => ({
  intent: id,
  notice: { kind: 'CHARGE_SETTLED', ...(metadata.orderId && { reference: metadata.orderId }) },
});

const dispute = (kind: Notice['kind'], it: Stripe.Dispute): Told => ({
  intent: idOf(it.payment_intent),
  notice: { kind, entryId: it.id, amount: money(it) },
});

const refund = (kind: Notice['kind'], it: Stripe.Refund): Told => ({
  intent: idOf(it.payment_intent),
  notice: {
    kind,
    entryId: it.id,
    amount: money(it),
    ...(it.metadata?.key && { key: it.metadata.key }),
  },
});

/** Of Stripe's hundreds of events the few that a payment waits for; nothing is wanted of any other. */
function told(event: Stripe.Event): Told {
  switch (event.type) {
    case 'payment_intent.succeeded':
    case 'payment_intent.payment_failed':
    case 'payment_intent.canceled':
    case 'payment_intent.amount_capturable_updated':
      return charge(event.data.object);
    case 'refund.created':
      return refund('REFUND_MADE', event.data.object);
    case 'refund.failed':
      return refund('REFUND_FAILED', event.data.object);
    case 'charge.dispute.created':
      return dispute('DISPUTE_OPENED', event.data.object);
    case 'charge.dispute.closed':
      return dispute(event.data.object.status === 'lost' ? 'DISPUTE_LOST' : 'DISPUTE_WON', event.data.object);
    default:
      return { intent: undefined };
  }
}

function verified(raw: string, header: string, secrets: string[], now: number): Stripe.Event | undefined {
  for (const secret of secrets) {
    try {
      return Stripe.webhooks.constructEvent(raw, header, secret, TOLERANCE_SECONDS, undefined, now);
    } catch {
      // Not this secret's; the next one may be.
    }
  }
  return undefined;
}

/** The webhook, if it is Stripe's: verified by its own library before it is parsed. */
export function readStripeWebhook(
  raw: string,
  header: string | undefined,
  secrets: string[],
  now: number,
): Webhook | Refusal {
  const event = verified(raw, header ?? '', secrets, now);
  if (!event) return refuse('VALIDATION_FAILED', 'The signature is missing, too old or not ours.');
  const { intent, notice } = told(event);
  return { id: event.id, chargeId: intent ?? event.id, notice: intent === undefined ? undefined : notice };
}
