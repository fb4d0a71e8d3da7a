import { currentInvocation } from '../../../shared/lambda/invocation';
import { span } from '../../../shared/lambda/tracing';
import { ProviderFault } from '../ports/payment-gateway';
import { callSignal } from './provider-call';

/** A page of 100 charges takes 30 KB; whatever is larger is not the provider's. */
const MAX_ANSWER_BYTES = 256 * 1024;

/** Nothing was sent when one of these is the cause, so the provider could not be asked at all. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export interface Exchange {
  status: number;
  body: unknown;
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES)
      throw new ProviderFault('UNANSWERED', 'The provider answered too much', false);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What a failed fetch means: nothing was sent, or it was sent and nobody knows. */
export function networkFault(error: unknown): ProviderFault {
  if (error instanceof ProviderFault) return error;
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  const code = cause?.code ?? name ?? 'unknown';
  return new ProviderFault(NEVER_SENT.has(code) ? 'UNREACHED' : 'UNANSWERED', `No answer: ${code}`);
}

async function send(url: string, init: RequestInit): Promise<Exchange> {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: callSignal() });
    const text = await readLimited(response);
    if (response.status >= 500)
      throw new ProviderFault('UNREACHED', `The provider answered ${response.status}`);
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  } catch (error) {
    throw networkFault(error);
  }
}

/**
 * One JSON request over the connections that Node's fetch keeps alive.
 * @throws ProviderFault for everything that is not a provider's answer below 500.
 */
export function exchange(
  method: 'GET' | 'POST',
  url: string,
  request: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Exchange> {
  const correlationId = currentInvocation()?.correlationId;
  return span('PaymentProvider', () =>
    send(url, {
      method,
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      headers: {
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(correlationId ? { 'x-correlation-id': correlationId } : {}),
        ...request.headers,
      },
    }),
  );
}
