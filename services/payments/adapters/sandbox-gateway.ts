import type { Charge } from '../domain/charge';
import {
  type CapturePart,
  type ChargeOrder,
  type ChargePage,
  type PaymentGateway,
  ProviderFault,
  type RefundOrder,
} from '../ports/payment-gateway';
import { type Exchange, exchange } from './http-exchange';
import { readCharge, readPage } from './sandbox-answers';

interface Answer {
  code?: string;
  reason?: string;
  decline_code?: string;
  charge?: unknown;
}

const TOO_MANY_REQUESTS = 429;

/** No word about the charge: too many requests, or no such route, which a second try would not mend. */
function unexpected({ status, body }: Exchange): ProviderFault {
  const busy = status === TOO_MANY_REQUESTS;
  const { code = '' } = (body as Answer | undefined) ?? {};
  return new ProviderFault('UNREACHED', `The provider answered ${status} ${code}`, busy, busy);
}

/** No charge was made, and none will be. */
const without = (order: ChargeOrder, status: 'closed' | 'refused'): Charge => ({
  id: '',
  status,
  reference: order.reference,
  money: order.money,
  refunded: 0,
  createdAt: '',
});

/** The provider of every stage but prod: services/sandbox, over HTTP. */
export class SandboxGateway implements PaymentGateway {
  constructor(private readonly baseUrl: string) {}

  async charge(order: ChargeOrder, token: string): Promise<Charge> {
    const answer = await exchange('POST', `${this.baseUrl}/charges`, {
      headers: { 'idempotency-key': order.key },
      body: { reference: order.reference, ...order.money, token, ...(!order.capture && { capture: false }) },
    });
    const body = answer.body as Answer;
    if (answer.status === 201) return readCharge(body);
    if (answer.status === 402) {
      return { ...readCharge(body.charge), status: 'declined', declineCode: body.decline_code };
    }
    if (answer.status === 409 && body.reason === 'KEY_CLOSED') return without(order, 'closed');
    if (answer.status === 400 || answer.status === 422) return without(order, 'refused');
    throw unexpected(answer);
  }

  async capture(order: ChargeOrder, { key, amount, final }: CapturePart): Promise<'CAPTURED' | 'REFUSED'> {
    const answer = await exchange('POST', `${this.baseUrl}/charges/${order.chargeId}/capture`, {
      headers: { 'idempotency-key': key },
      body: { amount, final },
    });
    if (answer.status === 200) return 'CAPTURED';
    if (answer.status === 404 || answer.status === 409) return 'REFUSED';
    throw unexpected(answer);
  }

  async renew(order: ChargeOrder): Promise<{ until: string } | 'REFUSED'> {
    const answer = await exchange('POST', `${this.baseUrl}/charges/${order.chargeId}/renew`);
    if (answer.status === 404 || answer.status === 409) return 'REFUSED';
    const until = answer.status === 200 && readCharge(answer.body).authorizedUntil;
    if (!until) throw unexpected(answer);
    return { until };
  }

  async refund(order: ChargeOrder, refund: RefundOrder) {
    const answer = await exchange('POST', `${this.baseUrl}/charges/${order.chargeId}/refunds`, {
      headers: { 'idempotency-key': refund.key },
      body: { amount: refund.amount },
    });
    if (answer.status === 201) return 'SUCCEEDED';
    if ([400, 404, 409, 422].includes(answer.status)) return 'FAILED';
    throw unexpected(answer);
  }

  async abandon(order: ChargeOrder): Promise<void> {
    const answer = await exchange('POST', `${this.baseUrl}/abandonments`, { body: { key: order.key } });
    if (answer.status !== 200) throw unexpected(answer);
  }

  async find(order: ChargeOrder): Promise<Charge | undefined> {
    const answer = await exchange('GET', `${this.baseUrl}/charges?key=${encodeURIComponent(order.key)}`);
    if (answer.status !== 200) throw unexpected(answer);
    return readPage(answer.body).charges[0];
  }

  /** Every webhook of the sandbox names its order. */
  async referenceOf(): Promise<string | undefined> {
    return undefined;
  }

  async list(since: string, cursor?: string): Promise<ChargePage> {
    const query = new URLSearchParams({ since, ...(cursor ? { cursor } : {}) });
    const answer = await exchange('GET', `${this.baseUrl}/charges?${query}`);
    if (answer.status !== 200) throw unexpected(answer);
    return readPage(answer.body);
  }
}
