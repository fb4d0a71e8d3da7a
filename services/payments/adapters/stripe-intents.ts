import type Stripe from 'stripe';
import { MINUTE } from '../../../shared/kernel/time';
import type { Charge, ChargeStatus } from '../domain/charge';
import { ProviderFault } from '../ports/payment-gateway';

export type Intent = Stripe.PaymentIntent;

/** How long Stripe keeps idempotency keys, less an hour: https://docs.stripe.com/api/idempotent_requests */
export const KEY_LIFETIME = 23 * 3_600_000;

/** Stripe lets a customer act for ever; the stock is held for 45 minutes. */
const ACTION_WINDOW = 30 * MINUTE;

const refundedOf = ({ latest_charge }: Intent): number =>
  typeof latest_charge === 'object' && latest_charge ? latest_charge.amount_refunded : 0;

function succeeded(intent: Intent): ChargeStatus {
  const refunded = refundedOf(intent);
  if (refunded === 0) return 'succeeded';
  return refunded >= intent.amount_received ? 'refunded' : 'partially_refunded';
}

/** Undefined while nothing was charged and nothing can be, since nobody confirmed the intent. */
function statusOf(intent: Intent): ChargeStatus | undefined {
  switch (intent.status) {
    case 'succeeded':
      return succeeded(intent);
    case 'requires_capture':
      return 'authorized';
    case 'requires_action':
      return 'requires_action';
    case 'canceled':
      return 'voided';
    case 'processing':
      throw new ProviderFault('UNREACHED', 'Stripe has not decided yet', false);
    default:
      return intent.last_payment_error ? 'declined' : undefined;
  }
}

function nextActionOf(intent: Intent, now: number): Charge['nextAction'] {
  const url = intent.next_action?.redirect_to_url?.url;
  return url ? { type: 'redirect', url, expiresAt: new Date(now + ACTION_WINDOW).toISOString() } : undefined;
}

/** When the card scheme lets the hold go. */
export function authorizedUntil({ latest_charge }: Intent): string | undefined {
  const card = typeof latest_charge === 'object' ? latest_charge?.payment_method_details?.card : undefined;
  const seconds = card?.capture_before;
  return seconds ? new Date(seconds * 1000).toISOString() : undefined;
}

/** What an intent says in the words of the port. */
export function chargeOf(intent: Intent, now: number): Charge | undefined {
  const status = statusOf(intent);
  if (!status) return undefined;
  const amount = intent.status === 'succeeded' ? intent.amount_received : intent.amount;
  return {
    id: intent.id,
    status,
    reference: intent.metadata.orderId ?? '',
    money: { amount, currency: intent.currency.toUpperCase() },
    refunded: refundedOf(intent),
    createdAt: new Date(intent.created * 1000).toISOString(),
    nextAction: nextActionOf(intent, now),
    authorizedUntil: authorizedUntil(intent),
    declineCode: intent.last_payment_error?.decline_code ?? intent.last_payment_error?.code,
  };
}
