import type { Charge } from '../../../services/payments/domain/charge';
import {
  type CapturePart,
  type ChargeOrder,
  type ChargePage,
  type PaymentGateway,
  ProviderFault,
} from '../../../services/payments/ports/payment-gateway';
import { arrive } from '../../../services/sandbox/domain/arrival';
import {
  type ChargeView,
  capturedOf,
  chargeId,
  type Entry,
  view,
} from '../../../services/sandbox/domain/entry';
import {
  abandon,
  capture,
  type Operation,
  operate,
  refundCharge,
} from '../../../services/sandbox/domain/operations';
import { isRefusal } from '../../../shared/kernel/refusal';

/** `lost`: the call takes effect, its answer gets lost. `unanswered`: it never arrives. `down`: nobody is there. */
export type Fate = 'answered' | 'lost' | 'unanswered' | 'down';

const NOW = Date.parse('2026-11-21T12:00:00Z');

const toCharge = ({ amount, currency, ...rest }: ChargeView): Charge => ({
  ...rest,
  money: { amount, currency },
});

/** A provider in memory that keeps the sandbox's own rules, so that what a test says of money is what the ledger says. */
export class FakeProvider implements PaymentGateway {
  readonly entries = new Map<string, Entry>();
  calls: string[] = [];
  fates: Partial<Record<keyof PaymentGateway, Fate>> = {};
  refusesRefunds = false;
  /** Runs before a charge takes effect: what happens while it is under way. */
  underWay: () => Promise<void> = async () => undefined;

  async charge(order: ChargeOrder, token: string): Promise<Charge> {
    await this.underWay();
    return this.call('charge', () => {
      const { key, reference, money, capture: takes } = order;
      const id = chargeId(key);
      const request = { key, reference, ...money, token, capture: takes };
      const { entry, answer } = arrive(this.entries.get(id), request, NOW, 'https://sandbox.test/actions');
      if (entry) this.entries.set(id, entry);
      const nothing = { id: '', reference, money, refunded: 0, createdAt: '' };
      if (isRefusal(answer)) return { ...nothing, status: answer.extra ? 'closed' : 'refused' };
      if (answer.status === 500) throw new ProviderFault('UNREACHED', 'The provider answered 500');
      const body = JSON.parse(answer.body);
      return toCharge(answer.status === 402 ? body.charge : body);
    });
  }

  capture(order: ChargeOrder, part: CapturePart): Promise<'CAPTURED' | 'REFUSED'> {
    return this.call('capture', () => {
      const { entry, answer } = capture(this.entries.get(order.chargeId ?? ''), part, NOW);
      if (entry) this.entries.set(entry.id, entry);
      return isRefusal(answer) ? 'REFUSED' : 'CAPTURED';
    });
  }

  renew(order: ChargeOrder): Promise<{ until: string } | 'REFUSED'> {
    return this.call('renew', () => {
      const { entry, answer } = operate(this.entries.get(order.chargeId ?? ''), 'renew', NOW);
      if (entry) this.entries.set(entry.id, entry);
      return isRefusal(answer) ? 'REFUSED' : { until: answer.authorizedUntil ?? '' };
    });
  }

  refund(order: ChargeOrder, refund: { key: string; amount: number }): Promise<'SUCCEEDED' | 'FAILED'> {
    return this.call('refund', () => {
      if (this.refusesRefunds) return 'FAILED';
      const { entry, answer } = refundCharge(this.entries.get(order.chargeId ?? ''), refund, NOW);
      if (entry) this.entries.set(entry.id, entry);
      return isRefusal(answer) ? 'FAILED' : 'SUCCEEDED';
    });
  }

  abandon({ key }: ChargeOrder): Promise<void> {
    return this.call('abandon', () => {
      const { entry } = abandon(this.entries.get(chargeId(key)), key, NOW);
      if (entry) this.entries.set(entry.id, entry);
    });
  }

  find({ key }: ChargeOrder): Promise<Charge | undefined> {
    return this.call('find', () => {
      const entry = this.entries.get(chargeId(key));
      return entry?.charge && toCharge(view(entry.id, entry.charge, NOW));
    });
  }

  async referenceOf(): Promise<string | undefined> {
    return undefined;
  }

  async list(): Promise<ChargePage> {
    return { charges: [] };
  }

  /** What the customer, or time, does to the order's charge. */
  act(orderId: string, operation: Operation): void {
    const id = chargeId(`pay#${orderId}`);
    const { entry } = operate(this.entries.get(id), operation, NOW);
    if (entry) this.entries.set(id, entry);
  }

  /** What the customer has paid in the end. */
  net(): number {
    return [...this.entries.values()].reduce(
      (sum, { charge }) => (charge ? sum + capturedOf(charge) - charge.refunded : sum),
      0,
    );
  }

  private async call<T>(verb: keyof PaymentGateway, effect: () => T): Promise<T> {
    this.calls.push(verb);
    const fate = this.fates[verb] ?? 'answered';
    if (fate === 'down') throw new ProviderFault('UNREACHED', 'ECONNREFUSED');
    const answer = fate === 'unanswered' ? undefined : effect();
    if (fate !== 'answered') throw new ProviderFault('UNANSWERED', 'No answer: TimeoutError');
    return answer as T;
  }
}
