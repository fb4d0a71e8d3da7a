import type Stripe from 'stripe';
import type { ChargeOrder } from '../ports/payment-gateway';
import { ask, isInvalidRequest } from './stripe-client';
import { type Intent, KEY_LIFETIME } from './stripe-intents';

export const WITH_CHARGE = { expand: ['latest_charge'] };

/** Over fetch these are a Headers, whatever stripe-node's type says. */
const wasReplayed = ({ headers }: { headers: unknown }): boolean =>
  new Headers(headers as Headers).get('idempotent-replayed') === 'true';

/**
 * Finds or makes the one intent of an order.
 *
 * What became of a key is found by creating it again: Stripe replays the intent made under the key, or makes the one
 * that a lost request would have made, which moves no money until it is confirmed and can be cancelled. Unlike search
 * that is consistent, and it is what closes a key for good: a late creation gets the same, cancelled intent. Keys live
 * 24 hours, so an older order is searched for first; what search has not indexed yet is younger than a key's life.
 */
export class StripeOrders {
  constructor(
    private readonly stripe: () => Promise<Stripe>,
    private readonly now: () => number,
  ) {}

  /** The order's intent as it is now. @throws StripeError when Stripe refuses to make one. */
  async intent(order: ChargeOrder): Promise<Intent> {
    if (order.chargeId) return this.retrieve(order.chargeId);
    const old = this.now() - order.askedAt > KEY_LIFETIME ? await this.search(order.reference) : undefined;
    if (old) return this.retrieve(old.id);
    const created = await this.create(order);
    // A replay shows the intent as it was when it was made.
    return wasReplayed(created.lastResponse) ? this.retrieve(created.id) : created;
  }

  /** Undefined when Stripe takes no such order at all (an amount below its minimum), so that there can be no charge. */
  async intentIfAny(order: ChargeOrder): Promise<Intent | undefined> {
    return this.intent(order).catch((error) => {
      if (isInvalidRequest(error) && !order.chargeId) return undefined;
      throw error;
    });
  }

  async retrieve(id: string): Promise<Intent> {
    const stripe = await this.stripe();
    return ask(() => stripe.paymentIntents.retrieve(id, WITH_CHARGE));
  }

  private async create({ key, reference, money, capture }: ChargeOrder) {
    const stripe = await this.stripe();
    const params = {
      amount: money.amount,
      currency: money.currency.toLowerCase(),
      metadata: { orderId: reference },
      payment_method_types: ['card'],
      ...(!capture && {
        capture_method: 'manual' as const,
        payment_method_options: { card: { request_multicapture: 'if_available' as const } },
      }),
    };
    return ask(() => stripe.paymentIntents.create(params, { idempotencyKey: key }));
  }

  private async search(reference: string): Promise<Intent | undefined> {
    const stripe = await this.stripe();
    const query = `metadata['orderId']:'${reference.replace(/[\\']/g, '\\$&')}'`;
    const { data } = await ask(() => stripe.paymentIntents.search({ query, limit: 1 }));
    return data[0];
  }
}
