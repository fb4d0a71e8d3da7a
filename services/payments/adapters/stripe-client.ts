import Stripe from 'stripe';
import { span } from '../../../shared/lambda/tracing';
import { ProviderFault } from '../ports/payment-gateway';
import { networkFault } from './http-exchange';
import { callSignal, PROVIDER_TIMEOUT } from './provider-call';

/** Where Stripe is; tests replay recorded answers from another address. */
export interface StripeAddress {
  protocol: 'http' | 'https';
  host: string;
  port: number;
}

const STRIPE: StripeAddress = { protocol: 'https', host: 'api.stripe.com', port: 443 };

/** Adds the invocation's deadline, and a time-out over the whole answer instead of over each silence in it. */
const fetchInTime: typeof fetch = (url, init) => fetch(url, { ...init, signal: callSignal() });

/** stripe-node's own client repeats a request after a closed connection even with retries off; over fetch it does not. */
const connect = (apiKey: string, address: StripeAddress): Stripe =>
  new Stripe(apiKey, {
    ...address,
    httpClient: Stripe.createFetchHttpClient(fetchInTime),
    maxNetworkRetries: 0,
    timeout: PROVIDER_TIMEOUT,
    telemetry: false,
  });

/** A Stripe client for the secret's present value: a rotated key is taken up without a deploy. */
export function stripeFor(apiKey: () => Promise<string>, address: StripeAddress = STRIPE) {
  let connected: { key: string; client: Stripe } | undefined;
  return async (): Promise<Stripe> => {
    const key = await apiKey().catch(() => {
      throw new ProviderFault('UNREACHED', "The secret with Stripe's key cannot be read", false);
    });
    if (connected?.key !== key) connected = { key, client: connect(key, address) };
    return connected.client;
  };
}

/** Stripe's errors in the words of the port; what is an answer (a refusal, a decline) goes through as it is. */
export function stripeFault(error: unknown): unknown {
  if (error instanceof Stripe.errors.StripeConnectionError) return networkFault(error.detail ?? error);
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const { statusCode = 0, type } = error;
  if (statusCode >= 500) return new ProviderFault('UNREACHED', `Stripe answered ${statusCode}`);
  // The same key is under way in another request: its end is not known yet.
  if (statusCode === 409)
    return new ProviderFault('UNANSWERED', 'Stripe is still at work on this key', false);
  // Stripe's rate limiter has done nothing: https://docs.stripe.com/rate-limits
  if (statusCode === 429) return new ProviderFault('UNREACHED', `Stripe answered 429 ${type}`, true, true);
  const ours = [401, 403].includes(statusCode);
  return ours ? new ProviderFault('UNREACHED', `Stripe answered ${statusCode} ${type}`, false) : error;
}

/** @throws ProviderFault, or a StripeError that is an answer. */
export async function ask<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await span('Stripe', request);
  } catch (error) {
    throw stripeFault(error);
  }
}

export const isDecline = (error: unknown): error is InstanceType<typeof Stripe.errors.StripeCardError> =>
  error instanceof Stripe.errors.StripeCardError;

export const isRefusal = (error: unknown): error is InstanceType<typeof Stripe.errors.StripeError> =>
  error instanceof Stripe.errors.StripeError;

/** Stripe understood and will not have it; a key reused for something else is another error. */
export const isInvalidRequest = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError;
