import { request as http, type RequestOptions } from 'node:http';
import { request as https } from 'node:https';
import { Webhook } from 'standardwebhooks';
import { iso, SECOND } from '../../../shared/kernel/time';
import type { Attempt, Delivery, Endpoint } from '../domain/webhook';
import type { Poster } from '../ports/webhooks';
import { hostOf, publicLookup, refusePrivateHost } from './public-address';

const PATIENCE = 5 * SECOND;

/** An answer is not read for what it says; more than this is not taken at all. */
const MAX_ANSWER = 64 * 1024;

const wordOf = (error: unknown): string => {
  const { name, code } = error as { name?: string; code?: string };
  if (name === 'AddressRefused') return 'ADDRESS_REFUSED';
  if (name === 'TimeoutError' || name === 'AbortError') return 'TIMEOUT';
  return (code ?? 'CONNECTION_FAILED').replace(/[^A-Z0-9_]/g, '_').slice(0, 40);
};

export class HttpsPoster implements Poster {
  constructor(
    /** Hosts that may be private and plain http: a test's receiver. */
    private readonly allowedHosts: readonly string[],
    private readonly patience = PATIENCE,
  ) {}

  async post(endpoint: Endpoint, delivery: Delivery, at: number): Promise<Attempt> {
    const started = Date.now();
    const attempt = (result: string): Attempt => ({
      at: iso(at),
      result,
      milliseconds: Date.now() - started,
    });
    try {
      return attempt(`HTTP_${await this.send(endpoint, delivery, at)}`);
    } catch (error) {
      return attempt(wordOf(error));
    }
  }

  /** Redirects are not followed: `request` answers with the 3xx itself, which is no success. */
  private send({ url, secret }: Endpoint, { eventId, event }: Delivery, at: number): Promise<number> {
    const target = new URL(url);
    const allowed = this.allowedHosts.includes(hostOf(target));
    if (!allowed) refusePrivateHost(target);
    const request = target.protocol === 'https:' ? https : http;
    const options: RequestOptions = {
      method: 'POST',
      agent: false,
      signal: AbortSignal.timeout(this.patience),
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'content-length': Buffer.byteLength(event),
        'user-agent': 'orderly-webhooks/1',
        'webhook-id': eventId,
        'webhook-timestamp': String(Math.floor(at / SECOND)),
        'webhook-signature': new Webhook(secret).sign(eventId, new Date(at), event),
      },
      // Node's own type has the one address of old; with `all` it takes the list.
      ...(allowed ? {} : { lookup: publicLookup as unknown as RequestOptions['lookup'] }),
    };
    if (!allowed && target.protocol !== 'https:') return Promise.reject(new Error('https alone'));
    return new Promise((resolve, reject) => {
      const outgoing = request(target, options, (incoming) => {
        let bytes = 0;
        incoming.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MAX_ANSWER) incoming.destroy();
        });
        incoming.on('error', () => undefined);
        incoming.on('close', () => resolve(incoming.statusCode ?? 0));
      });
      outgoing.on('error', reject);
      outgoing.end(event);
    });
  }
}
