import type Stripe from 'stripe';
import { DAY } from '../../../shared/kernel/time';
import type { Charge } from '../domain/charge';
import {
  type CapturePart,
  type ChargeOrder,
  type ChargePage,
  type PaymentGateway,
  ProviderFault,
  type RefundOrder,
} from '../ports/payment-gateway';
import { ask, isDecline, isRefusal, type StripeAddress, stripeFor } from './stripe-client';
import { authorizedUntil, chargeOf, type Intent, KEY_LIFETIME } from './stripe-intents';
import { StripeOrders, WITH_CHARGE } from './stripe-orders';

const isUnexpectedState = (error: unknown): boolean =>
  isRefusal(error) && error.code === 'payment_intent_unexpected_state';

const endOf = (status: string | null): 'SUCCEEDED' | 'FAILED' =>
  status === 'failed' || status === 'canceled' ? 'FAILED' : 'SUCCEEDED';

/** Stripe. A charge is a PaymentIntent that is created under the order's key and then confirmed. */
export class StripeGateway implements PaymentGateway {
  private readonly stripe: () => Promise<Stripe>;
  private readonly orders: StripeOrders;

  constructor(
    apiKey: () => Promise<string>,
    private readonly returnUrl: string,
    address?: StripeAddress,
    private readonly now: () => number = Date.now,
  ) {
    this.stripe = stripeFor(apiKey, address);
    this.orders = new StripeOrders(this.stripe, now);
  }

  async charge(order: ChargeOrder, token: string, attempt: number): Promise<Charge> {
    try {
      const intent = await this.orders.intent(order);
      return chargeOf(intent, this.now()) ?? (await this.confirm(order, intent.id, token, attempt));
    } catch (error) {
      // No such card, an amount below Stripe's minimum, a key used for another amount: trying again changes nothing.
      if (!isRefusal(error)) throw error;
      const { reference, money } = order;
      return {
        id: '',
        status: 'refused',
        reference,
        money,
        refunded: 0,
        createdAt: '',
        declineCode: error.code,
      };
    }
  }

  /** Several captures of one intent need multicapture: https://docs.stripe.com/payments/multicapture */
  async capture(order: ChargeOrder, { key, amount, final }: CapturePart): Promise<'CAPTURED' | 'REFUSED'> {
    const stripe = await this.stripe();
    const params = { amount_to_capture: amount, final_capture: final };
    try {
      await ask(() => stripe.paymentIntents.capture(order.chargeId ?? '', params, { idempotencyKey: key }));
      return 'CAPTURED';
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return 'REFUSED';
    }
  }

  /** Stripe renews nothing: what is still to be captured by then has to be paid anew (docs/adr/0009). */
  async renew(order: ChargeOrder): Promise<{ until: string } | 'REFUSED'> {
    const intent = await this.orders.retrieve(order.chargeId ?? '');
    const until = authorizedUntil(intent);
    return until && Date.parse(until) - this.now() > DAY ? { until } : 'REFUSED';
  }

  async refund(order: ChargeOrder, { key, amount, takenAt }: RefundOrder) {
    const stripe = await this.stripe();
    const old = takenAt !== undefined && this.now() - takenAt > KEY_LIFETIME;
    const before = old ? await this.refundUnder(order, key) : undefined;
    if (before) return before;
    const params = { payment_intent: order.chargeId, amount, metadata: { orderId: order.reference, key } };
    try {
      const { status } = await ask(() => stripe.refunds.create(params, { idempotencyKey: key }));
      return endOf(status);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (error.code !== 'charge_already_refunded') return 'FAILED';
      // By this refund, or by another: then the money of this one never went.
      return (await this.refundUnder(order, key)) ?? 'FAILED';
    }
  }

  /** What became of a refund, by the key that it carries as metadata: Stripe's memory of keys ends after a day. */
  private async refundUnder(order: ChargeOrder, key: string): Promise<'SUCCEEDED' | 'FAILED' | undefined> {
    const stripe = await this.stripe();
    const { data } = await ask(() => stripe.refunds.list({ payment_intent: order.chargeId, limit: 100 }));
    const found = data.find(({ metadata }) => metadata?.key === key);
    return found && endOf(found.status);
  }

  async abandon(order: ChargeOrder): Promise<void> {
    const intent = await this.orders.intentIfAny(order);
    if (intent?.status === 'succeeded') await this.undo(order, intent.id);
    else if (intent && intent.status !== 'canceled') await this.cancel(order, intent.id);
  }

  async find(order: ChargeOrder): Promise<Charge | undefined> {
    const intent = await this.orders.intentIfAny(order);
    return intent && chargeOf(intent, this.now());
  }

  async referenceOf(chargeId: string): Promise<string | undefined> {
    return (await this.orders.retrieve(chargeId)).metadata.orderId;
  }

  async list(since: string, cursor?: string): Promise<ChargePage> {
    const stripe = await this.stripe();
    const created = { gte: Math.floor(Date.parse(since) / 1000) };
    const page = await ask(() =>
      stripe.paymentIntents.list({
        created,
        limit: 100,
        starting_after: cursor,
        expand: ['data.latest_charge'],
      }),
    );
    const charges = page.data
      .filter(({ status }) => status !== 'processing')
      .flatMap((intent) => chargeOf(intent, this.now()) ?? []);
    return { charges, nextCursor: page.has_more ? page.data.at(-1)?.id : undefined };
  }

  /** The key carries the attempt, so that a stored 500 is not replayed for ever; an intent succeeds once in any case. */
  private async confirm(order: ChargeOrder, id: string, token: string, attempt: number): Promise<Charge> {
    const stripe = await this.stripe();
    const params = { payment_method: token, return_url: this.returnUrl, ...WITH_CHARGE };
    const idempotencyKey = `${order.key}#confirm#${attempt}`;
    const after: Intent = await ask(() =>
      stripe.paymentIntents.confirm(id, params, { idempotencyKey }),
    ).catch((error) => {
      // Declined, or confirmed or cancelled by another: the intent itself says which.
      if (isDecline(error) || isUnexpectedState(error)) return this.orders.retrieve(id);
      throw error;
    });
    const charge = chargeOf(after, this.now());
    if (!charge)
      throw new ProviderFault('UNANSWERED', 'Stripe confirmed the intent and does not show it', false);
    return charge;
  }

  private async undo(order: ChargeOrder, id: string): Promise<void> {
    const stripe = await this.stripe();
    const params = { payment_intent: id, metadata: { orderId: order.reference } };
    try {
      const { status } = await ask(() =>
        stripe.refunds.create(params, { idempotencyKey: `${order.key}#undo` }),
      );
      if (status === 'failed' || status === 'canceled') {
        throw new ProviderFault('UNANSWERED', `Stripe's refund of an abandoned charge is ${status}`, false);
      }
    } catch (error) {
      if (!isRefusal(error) || error.code !== 'charge_already_refunded') throw error;
    }
  }

  private async cancel(order: ChargeOrder, id: string): Promise<void> {
    const stripe = await this.stripe();
    try {
      await ask(() => stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' }));
    } catch (error) {
      if (!isUnexpectedState(error)) throw error;
      const { status } = await this.orders.retrieve(id);
      if (status === 'succeeded') return this.undo(order, id);
      if (status !== 'canceled') {
        throw new ProviderFault('UNANSWERED', `Stripe holds the intent as ${status}`, false);
      }
    }
  }
}
