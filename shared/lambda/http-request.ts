import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { holdsCardNumber } from '../kernel/card-number';
import { type IdempotentRequest, idempotentRequest } from '../kernel/idempotency';
import { isRefusal, type Refusal, refuse, type Violation } from '../kernel/refusal';
import type { Route } from '../kernel/route';
import type { Caller } from './caller';
import { CORRELATION_ID } from './correlation';
import { readBody, readBytes } from './http-body';
import { type Validated, validate } from './validation';

/** A request that passed every check of its route. */
export interface HttpRequest<Body, Path, Query> {
  caller: Caller;
  body: Body;
  path: Path;
  query: Query;
  /** Present where the route asks for an Idempotency-Key. */
  idempotency: IdempotentRequest;
  /** The version that `If-Match` names; undefined where it may be left out and was, or is `*`. */
  ifMatch: number | undefined;
  headers: Record<string, string | undefined>;
  /** The body as it came, where the route asks for that; empty elsewhere. */
  rawBody: string;
}

const IDEMPOTENCY_KEY = /^[A-Za-z0-9_-]{16,255}$/;

function idempotencyOf(
  route: Pick<Route, 'method' | 'path'>,
  event: APIGatewayProxyEventV2,
  caller: string,
  body: unknown,
): IdempotentRequest | Refusal {
  const key = event.headers['idempotency-key'];
  if (key === undefined || !IDEMPOTENCY_KEY.test(key)) {
    const detail = 'Send an Idempotency-Key of 16 to 255 characters of A-Z a-z 0-9 _ -.';
    return refuse('IDEMPOTENCY_KEY_INVALID', detail, {
      errors: [{ pointer: '/header/idempotency-key', detail }],
    });
  }
  const parameters = { path: event.pathParameters ?? {}, query: event.queryStringParameters ?? {} };
  return idempotentRequest({
    caller,
    method: route.method,
    route: route.path,
    key,
    body,
    parameters,
  });
}

function headerViolations(event: APIGatewayProxyEventV2): Violation[] {
  const given = event.headers['x-correlation-id'];
  if (given === undefined || CORRELATION_ID.test(given)) return [];
  return [{ pointer: '/header/x-correlation-id', detail: '1 to 128 characters of A-Z a-z 0-9 . _ : -' }];
}

function cardNumber<Body>(route: Pick<Route<Body>, 'freeText'>, body: Body): Refusal | undefined {
  const pointers = Object.entries(route.freeText?.(body) ?? {})
    .filter(([, text]) => text !== undefined && holdsCardNumber(text))
    .map(([pointer]) => pointer);
  if (pointers.length === 0) return undefined;
  const detail = 'This looks like a card number, which must not be sent in free text.';
  return refuse('CARD_NUMBER_REFUSED', detail, { errors: pointers.map((pointer) => ({ pointer, detail })) });
}

/**
 * RFC 9110, 13.1.1. An ETag of ours is a version in quotes, and behind a dash what else is shown but not edited (a
 * product's stock); any other names nothing we have.
 */
function versionOf(
  { ifMatch }: Pick<Route, 'ifMatch'>,
  given: string | undefined,
): number | undefined | Refusal {
  if (!ifMatch) return undefined;
  if (given === undefined && ifMatch === 'required')
    return refuse('IF_MATCH_REQUIRED', 'Send If-Match with the ETag of what you saw.');
  if (given === undefined || given === '*') return undefined;
  const version = /^"(\d{1,15})(?:-\d{1,15})?"$/.exec(given)?.[1];
  return version ? Number(version) : refuse('STALE', 'If-Match names a version that is not the current one.');
}

/** Query and path arrive as text and are converted; a part that the route does not have is not looked at. */
function part<T>(
  schema: Parameters<typeof validate<T>>[0] | undefined,
  input: unknown,
  prefix: string,
): Validated<T> {
  if (!schema) return { value: undefined as T };
  return validate(schema, input, { prefix, convert: prefix !== '' });
}

const violationsOf = (validated: Validated<unknown>): Violation[] =>
  'violations' in validated ? validated.violations : [];

const valid = <T>(validated: Validated<T>): T => (validated as { value: T }).value;

/** The body, parsed or, where the route asks for that, as it came. */
function bodyOf(
  { body, bodyTypes, maxBodyBytes, rawBody }: Pick<Route, 'body' | 'bodyTypes' | 'maxBodyBytes' | 'rawBody'>,
  event: APIGatewayProxyEventV2,
): { value: unknown; rawBody?: string } | Refusal {
  if (body) return readBody(event, bodyTypes, maxBodyBytes);
  const bytes = rawBody ? readBytes(event, maxBodyBytes) : Buffer.alloc(0);
  return isRefusal(bytes) ? bytes : { value: undefined, rawBody: bytes.toString('utf8') };
}

/** Everything that can be said about a request before any call is made; all violations in one answer. */
export function readRequest<Body, Path, Query>(
  route: Route<Body, Path, Query>,
  event: APIGatewayProxyEventV2,
  caller: Caller,
): HttpRequest<Body, Path, Query> | Refusal {
  if (route.access === 'staff' && !caller.groups.includes('staff')) {
    return refuse('FORBIDDEN', 'This route is for staff.');
  }
  const raw = bodyOf(route, event);
  if (isRefusal(raw)) return raw;
  const body = part(route.body, raw.value, '');
  const path = part(route.pathParameters, event.pathParameters ?? {}, '/path');
  const query = part(route.query, event.queryStringParameters ?? {}, '/query');
  const errors = [headerViolations(event), ...[body, path, query].map(violationsOf)].flat();
  if (errors.length > 0) {
    return refuse('VALIDATION_FAILED', 'The request does not fit its schema; `errors` has every violation.', {
      errors,
    });
  }
  const card = cardNumber(route, valid(body));
  if (card) return card;
  const ifMatch = versionOf(route, event.headers['if-match']);
  if (isRefusal(ifMatch)) return ifMatch;
  const whose = route.caller?.({ body: valid(body), path: valid(path) }) ?? caller.id;
  const idempotency = route.idempotent ? idempotencyOf(route, event, whose, raw.value) : undefined;
  if (isRefusal(idempotency)) return idempotency;
  return {
    caller,
    body: valid(body),
    path: valid(path),
    query: valid(query),
    idempotency: idempotency as IdempotentRequest,
    ifMatch,
    headers: event.headers,
    rawBody: raw.rawBody ?? '',
  };
}
