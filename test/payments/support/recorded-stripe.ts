import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StripeGateway } from '../../../services/payments/adapters/stripe-gateway';
import { reply, serve } from './http-server';

interface Exchange {
  request: { method: string; path: string; idempotencyKey?: string; form?: Record<string, string> };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

const recording = (name: string): Exchange[] =>
  JSON.parse(readFileSync(join(__dirname, '..', 'fixtures', 'stripe', `${name}.json`), 'utf8'));

/** The day of the recordings. */
export const THEN = 1795262400_000;

/**
 * Runs `work` against a server that replays a recording, exchange by exchange. What the adapter really sent comes back
 * in the recording's own form, to be compared with it.
 */
export async function replaying<T>(name: string, work: (gateway: StripeGateway) => Promise<T>, now = THEN) {
  const exchanges = recording(name);
  const server = await serve((_request, response) => {
    const next = exchanges[server.seen.length - 1];
    if (!next) return reply(response, 418, { error: { type: 'api_error', message: 'not in the recording' } });
    reply(response, next.response.status, next.response.body, next.response.headers);
  });
  const address = { protocol: 'http', host: '127.0.0.1', port: server.port } as const;
  const gateway = new StripeGateway(
    async () => 'sk_test_recorded',
    'https://shop.example.com/orders',
    address,
    () => now,
  );
  const outcome = await work(gateway).catch((error: Error) => error);
  await server.close();
  const sent = server.seen.map(({ method, path, headers, body }, index) => ({
    method,
    path: decodeURIComponent(path),
    ...(exchanges[index]?.request.idempotencyKey && { idempotencyKey: headers['idempotency-key'] }),
    ...(exchanges[index]?.request.form && { form: Object.fromEntries(new URLSearchParams(body)) }),
  }));
  return {
    outcome,
    sent,
    recorded: exchanges.map(({ request }) => request),
    headers: server.seen.map((s) => s.headers),
  };
}
