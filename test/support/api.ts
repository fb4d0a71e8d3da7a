import { stack } from './stack';
import { waitFor } from './wait-for';

export interface Call {
  token?: string;
  /** Sent as JSON; a string or bytes go out as they are. */
  body?: unknown;
  headers?: Record<string, string>;
  /** An Idempotency-Key header. */
  key?: string;
}

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
  /** The body as it came, for comparisons byte by byte. */
  text: string;
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads any answer, also one that breaks the contract
type Anything = any;

/** Calls the API as it stands: `await api('POST /orders', { token, key, body })`. Never throws for a status. */
export async function api<T = Anything>(route: string, call: Call = {}): Promise<Answer<T>> {
  const [method = 'GET', path = '/'] = route.split(' ');
  const url = `${(await stack()).apiUrl}${path}`;
  const answer = await whenThereIsRoom(
    () => fetch(url, { method, headers: headersOf(call), body: bodyOf(call.body) }),
    route,
  );
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parse(text) };
}

/** The gateway's own 429 says that the local AWS has no worker free and that nothing was done: it is asked again. */
export const whenThereIsRoom = (send: () => Promise<Response>, what: string): Promise<Response> =>
  waitFor(
    async () => {
      const answer = await send();
      const ours = answer.status !== 429 || parse(await answer.clone().text())?.code !== undefined;
      return ours && answer;
    },
    { limit: 50_000, what: `a worker for ${what}` },
  );

let count = 0;

/** A key that no other test has used. */
export function newKey(): string {
  count += 1;
  return `test-${process.pid}-${Date.now().toString(36)}-${count.toString().padStart(6, '0')}`;
}

function headersOf({ token, body, key, headers }: Call): Record<string, string> {
  return {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(token && { authorization: `Bearer ${token}` }),
    ...(key && { 'idempotency-key': key }),
    ...headers,
  };
}

function bodyOf(body: unknown): RequestInit['body'] {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array)
    return body as RequestInit['body'];
  return JSON.stringify(body);
}

function parse(text: string): Anything {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
