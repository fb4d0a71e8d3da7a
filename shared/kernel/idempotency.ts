import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { HOUR } from './time';

/** A reply as the client gets it, kept to the byte so that a replay is the same reply. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** A body of bytes, such as a picture, comes as base64. */
  encoding?: 'base64';
}

/** What tells one mutating request from another; the record's key carries the caller, so no one replays another's. */
export interface IdempotentRequest {
  recordKey: string;
  fingerprint: string;
}

/** How long a reply can be replayed; compared on read, since TTL deletion lags (docs/rules.md, 1). */
export const REPLAY_WINDOW = 24 * HOUR;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

export function idempotentRequest(request: {
  caller: string;
  method: string;
  route: string;
  key: string;
  body: unknown;
  parameters: unknown;
}): IdempotentRequest {
  const { caller, method, route, key, body, parameters } = request;
  return {
    recordKey: sha256([caller, method, route, key].join('|')),
    // RFC 8785: the same JSON in another key order is the same request.
    fingerprint: sha256(canonicalize({ body, parameters }) ?? ''),
  };
}
