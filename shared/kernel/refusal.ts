/**
 * What the API refuses, by its stable code. A use case returns a refusal as a value;
 * shared/lambda/problem.ts alone decides the HTTP status.
 */
export type RefusalCode =
  | 'VALIDATION_FAILED'
  | 'IDEMPOTENCY_KEY_INVALID'
  | 'CARD_NUMBER_REFUSED'
  | 'CURSOR_INVALID'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'PRICE_CHANGED'
  | 'ORDER_NOT_CANCELLABLE'
  | 'ILLEGAL_TRANSITION'
  | 'REFUND_EXCEEDS_CAPTURE'
  | 'CONFLICT'
  | 'STALE'
  | 'BODY_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'PRODUCT_UNKNOWN'
  | 'PRODUCT_UNAVAILABLE'
  | 'IF_MATCH_REQUIRED'
  | 'RATE_LIMITED'
  | 'INTERNAL'
  | 'UNAVAILABLE';

/** One thing that is wrong, at an RFC 6901 pointer into the body (`/items/0/quantity`) or `/query/…`, `/header/…`. */
export interface Violation {
  pointer: string;
  detail: string;
}

export interface Refusal {
  refused: RefusalCode;
  detail: string;
  errors?: Violation[];
  /** Members of the problem beyond RFC 9457's own, such as the new `quote` of PRICE_CHANGED. */
  extra?: Record<string, unknown>;
  /** Seconds after which the same request may succeed. */
  retryAfter?: number;
}

export const refuse = (
  refused: RefusalCode,
  detail: string,
  more: Omit<Refusal, 'refused' | 'detail'> = {},
): Refusal => ({ refused, detail, ...more });

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value;
