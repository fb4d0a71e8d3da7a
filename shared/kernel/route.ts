import type { ObjectSchema } from 'joi';
import type { RefusalCode } from './refusal';

/**
 * One route of the public API, said once: the handler validates by it and the API reference is made from it.
 * Joi schemas keep to object, array, string, number, boolean, valid, pattern, min/max, so that they can be compiled.
 */
export interface Route<Body = unknown, Path = unknown, Query = unknown> {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  summary: string;
  /** `public` needs no token, `customer` an access token, `staff` the group too. */
  access: 'public' | 'customer' | 'staff';
  body?: ObjectSchema<Body>;
  pathParameters?: ObjectSchema<Path>;
  query?: ObjectSchema<Query>;
  /** Asks for an Idempotency-Key. */
  idempotent?: boolean;
  /** Whether the request must or may say by `If-Match` which version it changes. */
  ifMatch?: 'required' | 'optional';
  /** The free text of a body, by pointer: a card number in it is refused. */
  freeText?: (body: Body) => Record<string, string | undefined>;
  answer: { status: number; description: string; example: unknown };
  errors: readonly RefusalCode[];
  bodyExample?: unknown;
}

/** Bytes of a request body; an order of 100 lines with address and contact takes 12 KB. */
export const MAX_BODY_BYTES = 64 * 1024;
