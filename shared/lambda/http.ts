import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Reply } from '../kernel/idempotency';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal';
import type { Route } from '../kernel/route';
import { callerOf } from './caller';
import { correlation } from './correlation';
import { type HttpRequest, readRequest } from './http-request';
import { annotate, invocation } from './invocation';
import { problemReply } from './problem';
import { stack } from './stack';
import type { TokenBucket } from './token-bucket';
import { isTransient } from './transient';

type Event = APIGatewayProxyEventV2;
type Result = APIGatewayProxyStructuredResultV2;

/** Nothing of an order may stay in a shared cache; a public route overrides it. */
const HEADERS = {
  'cache-control': 'no-store',
  // An address of the API may carry a guest's token.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
};

const toResult = ({ status, headers, body, encoding }: Reply): Result => ({
  statusCode: status,
  headers: { ...HEADERS, ...headers, 'x-correlation-id': invocation().correlationId },
  body,
  isBase64Encoded: encoding === 'base64' ? true : undefined,
});

function refusalOf(error: unknown): Refusal {
  // Three tries lost against other writers, so nothing is stored (docs/rules.md, 1).
  if (error instanceof Error && error.name === 'TransactionConflictException') {
    invocation().log.warn({ err: error }, 'contended');
    return refuse('CONFLICT', 'Others change the same thing. Send the same request again.', {
      retryAfter: 1,
    });
  }
  if (isTransient(error)) {
    invocation().log.warn({ err: error }, 'a dependency could not be reached in time');
    return refuse('UNAVAILABLE', 'A dependency could not be reached in time. Send the same request again.', {
      retryAfter: 1,
    });
  }
  invocation().log.error({ err: error }, 'unexpected error');
  return refuse('INTERNAL', 'Something went wrong on our side. The correlation id finds it in the logs.');
}

/** Errors first: middy runs `onError` in reverse, so what is registered first sees what all others let through. */
const errorsBecomeProblems = {
  onError: async (request: middy.Request<Event, Result, Error, Context>) => {
    request.response = toResult(problemReply(refusalOf(request.error), invocation().correlationId));
  },
};

/** Before anything of the request is read: what is too much costs next to nothing. */
function admit(bucket: TokenBucket | undefined): Refusal | undefined {
  const retryAfter = bucket?.take() ?? 0;
  if (retryAfter === 0) return undefined;
  return refuse('RATE_LIMITED', 'Too many requests at once. Send the same request again.', { retryAfter });
}

/**
 * The stack of an API route: correlation id, errors as RFC 9457 problems, size and media type before parsing, every
 * violation by JSON pointer, group, Idempotency-Key. The handler gets a checked request and returns a reply or a refusal.
 */
export function http<Body, Path, Query>(
  route: Route<Body, Path, Query>,
  work: (request: HttpRequest<Body, Path, Query>) => Promise<Reply | Refusal>,
  { bucket }: { bucket?: TokenBucket } = {},
): (event: Event, context: Context) => Promise<Result> {
  return stack<Event, Result>([errorsBecomeProblems, correlation], async (event) => {
    const caller = callerOf(event);
    annotate({ customerId: caller.id });
    const request = admit(bucket) ?? readRequest(route, event, caller);
    const outcome = isRefusal(request) ? request : await work(request);
    if (!isRefusal(outcome)) return toResult(outcome);
    invocation().log.info({ code: outcome.refused, route: `${route.method} ${route.path}` }, 'refused');
    return toResult(problemReply(outcome, invocation().correlationId));
  });
}

/** A JSON reply. */
export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
