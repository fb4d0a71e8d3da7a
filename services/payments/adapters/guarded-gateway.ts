import CircuitBreaker from 'opossum';
import { type Clock, SECOND } from '../../../shared/kernel/time';
import { currentInvocation } from '../../../shared/lambda/invocation';
import type { Charge } from '../domain/charge';
import {
  type CapturePart,
  type ChargeOrder,
  type ChargePage,
  type PaymentGateway,
  ProviderFault,
  type RefundOrder,
} from '../ports/payment-gateway';
import { withRetries } from './provider-call';
import { RollingWindow } from './rolling-window';

/** What the breaker counts is a verb with its tries: a provider that answers the third time is not down. */
const BREAKER: CircuitBreaker.Options = {
  timeout: false,
  volumeThreshold: 5,
  // opossum opens above the threshold, and at 50 % it shall be open.
  errorThresholdPercentage: 49.9,
  resetTimeout: 30 * SECOND,
  rollingPercentilesEnabled: false,
  // Only what the provider fails to answer speaks against it.
  errorFilter: (error: Error) => !(error instanceof ProviderFault),
};

type Verb = keyof PaymentGateway;

const count = (name: string, dimensions?: Record<string, string>): void =>
  currentInvocation()?.metrics.add(name, 1, 'Count', dimensions);

/** Any provider, with retries, one circuit breaker an environment, and metrics. Open means: a fault at once. */
export class GuardedGateway implements PaymentGateway {
  readonly breaker: CircuitBreaker<[() => Promise<unknown>], unknown>;
  private readonly window: RollingWindow;
  private readonly pause?: (milliseconds: number) => Promise<void>;

  constructor(
    private readonly provider: PaymentGateway,
    { pause, clock = Date.now }: { pause?: (milliseconds: number) => Promise<void>; clock?: Clock } = {},
  ) {
    this.pause = pause;
    this.window = new RollingWindow(clock);
    this.breaker = new CircuitBreaker((call: () => Promise<unknown>) => call(), {
      ...BREAKER,
      ...this.window.options,
    });
    this.breaker.on('open', () => count('ProviderBreakerOpened'));
    this.breaker.on('close', () => count('ProviderBreakerClosed'));
  }

  async charge(order: ChargeOrder, token: string, attempt: number): Promise<Charge> {
    const charge = await this.guard('charge', () => this.provider.charge(order, token, attempt));
    count('Charges', { status: charge.status });
    if (charge.status === 'succeeded') {
      currentInvocation()?.metrics.add('ChargedAmount', charge.money.amount, 'None', {
        currency: charge.money.currency,
      });
    }
    return charge;
  }

  capture(order: ChargeOrder, part: CapturePart): Promise<'CAPTURED' | 'REFUSED'> {
    return this.guard('capture', () => this.provider.capture(order, part));
  }

  renew(order: ChargeOrder): Promise<{ until: string } | 'REFUSED'> {
    return this.guard('renew', () => this.provider.renew(order));
  }

  async refund(order: ChargeOrder, refund: RefundOrder) {
    const end = await this.guard('refund', () => this.provider.refund(order, refund));
    if (end === 'FAILED') count('RefundsRefused');
    return end;
  }

  abandon(order: ChargeOrder): Promise<void> {
    return this.guard('abandon', () => this.provider.abandon(order));
  }

  find(order: ChargeOrder): Promise<Charge | undefined> {
    return this.guard('find', () => this.provider.find(order));
  }

  referenceOf(chargeId: string): Promise<string | undefined> {
    return this.guard('referenceOf', () => this.provider.referenceOf(chargeId));
  }

  list(since: string, cursor?: string): Promise<ChargePage> {
    return this.guard('list', () => this.provider.list(since, cursor));
  }

  private async guard<T>(verb: Verb, call: () => Promise<T>): Promise<T> {
    this.window.turn();
    try {
      return (await this.breaker.fire(() => withRetries(call, this.pause))) as T;
    } catch (error) {
      const refused = (error as { code?: string }).code === 'EOPENBREAKER';
      const fault = refused ? new ProviderFault('UNREACHED', 'The circuit breaker is open', false) : error;
      if (fault instanceof ProviderFault) {
        count('ProviderFaults');
        const { kind: trouble, message } = fault;
        currentInvocation()?.log.warn({ verb, trouble, reason: message }, 'the payment provider failed');
      }
      throw fault;
    }
  }
}
