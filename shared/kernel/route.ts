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
  /** What the reference shows of a body whose parts are judged one by one, so that `body` itself takes any. */
  bodyShown?: ObjectSchema;
  /** Media types a body may come in; JSON alone unless said. Whatever it is called, it is read as JSON. */
  bodyTypes?: readonly string[];
  /** Bytes the body may have; MAX_BODY_BYTES unless said. */
  maxBodyBytes?: number;
  /** The body is handed on as it came, bounded in size: its signature is checked before it is parsed. */
  rawBody?: true;
  pathParameters?: ObjectSchema<Path>;
  query?: ObjectSchema<Query>;
  /** Asks for an Idempotency-Key. */
  idempotent?: boolean;
  /** On a public route that changes something: whose request this is, so that nobody meets another's Idempotency-Key. */
  caller?: (request: { body: Body; path: Path }) => string;
  /** Whether the request must or may say by `If-Match` which version it changes. */
  ifMatch?: 'required' | 'optional';
  /** The free text of a body, by pointer: a card number in it is refused. */
  freeText?: (body: Body) => Record<string, string | undefined>;
  answer: Answer;
  errors: readonly RefusalCode[];
  bodyExample?: unknown;
}

/** What comes back when all goes well. */
export interface Answer {
  status: number;
  description: string;
  /**
   * The name of what clients may rely on, in the `answers.ts` of a service; an answer may hold more. `page` of it: a
   * list `{ items, nextCursor? }`. Schemas of answers lie apart, so that no function carries them.
   */
  schema?: string;
  page?: string;
  example: unknown;
  /** Of the body; JSON unless said. */
  type?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of routes of different bodies
export type AnyRoute = Route<any, any, any>;

/** Bytes of a request body; an order of 100 lines with address and contact takes 12 KB. */
export const MAX_BODY_BYTES = 64 * 1024;
