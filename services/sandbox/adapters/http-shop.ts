import { createHmac } from 'node:crypto';
import { iso, SECOND } from '../../../shared/kernel/time';
import type { Parcel, Shop } from '../ports/webhooks';

const TIMEOUT = 4 * SECOND;

/** The shop that takes the webhooks: signed over `<seconds>.<body>` with HMAC-SHA256. */
export class HttpShop implements Shop {
  constructor(
    private readonly url: string,
    /** The first of them signs. */
    private readonly secrets: () => Promise<string>,
  ) {}

  async tell({ webhook, charge, correlationId }: Parcel, at: number): Promise<void> {
    const { id, type, refund, dispute } = webhook;
    const body = JSON.stringify({ id, type, createdAt: iso(at), data: { charge, refund, dispute } });
    const seconds = Math.floor(at / SECOND);
    const [secret = ''] = (await this.secrets()).split(/\s+/).filter(Boolean);
    const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
    const answer = await fetch(this.url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
      headers: {
        'content-type': 'application/json',
        'sandbox-signature': `t=${seconds},v1=${signature}`,
        'x-correlation-id': correlationId,
      },
      body,
    });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`The shop answered ${answer.status} to ${type}`);
  }
}
