import { STATUS_CODES } from 'node:http';
import type { Reply } from '../kernel/idempotency';
import type { Refusal, RefusalCode } from '../kernel/refusal';

/** The one place where a code becomes an HTTP status. */
export const STATUS_OF: Record<RefusalCode, number> = {
  VALIDATION_FAILED: 400,
  IDEMPOTENCY_KEY_INVALID: 400,
  CARD_NUMBER_REFUSED: 400,
  CURSOR_INVALID: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  PRICE_CHANGED: 409,
  ORDER_NOT_CANCELLABLE: 409,
  ILLEGAL_TRANSITION: 409,
  REFUND_EXCEEDS_CAPTURE: 409,
  CONFLICT: 409,
  STALE: 412,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  IDEMPOTENCY_KEY_REUSED: 422,
  PRODUCT_UNKNOWN: 422,
  PRODUCT_UNAVAILABLE: 422,
  IF_MATCH_REQUIRED: 428,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
};

/** RFC 9457. `type` names the code, so that a client can branch on either. */
export function problemReply(refusal: Refusal, correlationId: string): Reply {
  const { refused, detail, errors, extra, retryAfter } = refusal;
  const status = STATUS_OF[refused];
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
  return {
    status,
    headers,
    body: JSON.stringify({
      type: `urn:orderly:problem:${refused.toLowerCase().replaceAll('_', '-')}`,
      title: STATUS_CODES[status],
      status,
      detail,
      code: refused,
      correlationId,
      errors,
      ...extra,
    }),
  };
}
