import createFetch, { type Client, type Middleware } from 'openapi-fetch';
import type { components, paths } from './generated/schema';

export type OrderlyClient = Client<paths>;
export type Schemas = components['schemas'];

export interface ClientOptions {
  /** The stage's `apiUrl`. */
  baseUrl: string;
  /** An access token, or what gets a fresh one before each call. Public routes need none. */
  token?: string | (() => Promise<string>);
  /** Goes with every call as `x-correlation-id`. */
  correlationId?: string;
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * Every route, path, body and answer is typed by the API's own document. An answer is `{ data }` or a problem in
 * `{ error }`; only a call that got no answer throws. The Idempotency-Key stays the caller's to choose and to keep: a
 * request is sent again under its key, never under a new one.
 */
export function orderlyClient({ baseUrl, token, correlationId, fetch }: ClientOptions): OrderlyClient {
  const client = createFetch<paths>({ baseUrl, fetch });
  const headers: Middleware = {
    async onRequest({ request }) {
      const bearer = typeof token === 'function' ? await token() : token;
      if (bearer) request.headers.set('authorization', `Bearer ${bearer}`);
      if (correlationId) request.headers.set('x-correlation-id', correlationId);
      return request;
    },
  };
  client.use(headers);
  return client;
}
