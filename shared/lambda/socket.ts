import type { Context } from 'aws-lambda';
import type { ObjectSchema } from 'joi';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal';
import { type HttpEventBody, readBody } from './http-body';
import { invocation } from './invocation';
import { STATUS_OF } from './problem';
import { stack } from './stack';
import { TokenBucket } from './token-bucket';
import { isTransient } from './transient';
import { validate } from './validation';

type EventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-routes-integrations.html */
export interface SocketEvent {
  requestContext: { connectionId: string; eventType: EventType; routeKey?: string };
  queryStringParameters?: Record<string, string> | null;
  body?: string;
  isBase64Encoded?: boolean;
}

type Work<Input> = (input: { connectionId: string } & Input) => Promise<Refusal | undefined>;
type Result = { statusCode: number };

/** What a trigger of a WebSocket API brings, and who hears why it is refused. */
export interface SocketRoute<Input> {
  on: EventType;
  read: (event: SocketEvent) => Input | Refusal;
  /** Only a message has somebody to tell; a handshake that is refused is not there yet. */
  tell?: (connectionId: string, frame: object) => Promise<unknown>;
}

/** How many errors an environment tells in a second: a flood of nonsense is not answered by another. */
const ERRORS_PER_SECOND = 20;

export const connecting = <Query extends object>(query: ObjectSchema<Query>): SocketRoute<Query> => ({
  on: 'CONNECT',
  read: ({ queryStringParameters }) => {
    const checked = validate(query, queryStringParameters ?? {}, { unknown: true });
    return 'value' in checked ? checked.value : refuse('FORBIDDEN', 'The query does not fit its schema.');
  },
});

export const disconnecting: SocketRoute<object> = { on: 'DISCONNECT', read: () => ({}) };

/** A frame is JSON of one schema and a bounded size; what is wrong with another is told in an error frame. */
export const message = <Frame extends object>(
  frame: ObjectSchema<Frame>,
  maxBytes: number,
  tell: NonNullable<SocketRoute<Frame>['tell']>,
): SocketRoute<Frame> => ({
  on: 'MESSAGE',
  tell,
  read: ({ body, isBase64Encoded = false }) => {
    const asJson: HttpEventBody = { body, isBase64Encoded, headers: { 'content-type': 'application/json' } };
    const raw = readBody(asJson, undefined, maxBytes);
    if (isRefusal(raw)) return raw;
    const checked = validate(frame, raw.value);
    if ('value' in checked) return checked.value;
    return refuse('VALIDATION_FAILED', 'The frame does not fit its schema; `errors` has every violation.', {
      errors: checked.violations,
    });
  },
});

function faultOf(error: unknown): Refusal {
  invocation().log.error({ err: error }, 'a frame could not be handled');
  if (isTransient(error))
    return refuse('UNAVAILABLE', 'A dependency could not be reached in time. Ask again.');
  return refuse('INTERNAL', 'Something went wrong on our side. The correlation id finds it in the logs.');
}

const errorFrame = ({ refused, detail, errors, retryAfter }: Refusal): object => ({
  type: 'error',
  code: refused,
  detail,
  errors,
  retryAfter,
  correlationId: invocation().correlationId,
});

async function readAndWork<Input>(
  { on, read }: SocketRoute<Input>,
  work: Work<Input>,
  event: SocketEvent,
): Promise<Refusal | undefined> {
  const { connectionId, eventType } = event.requestContext ?? {};
  // A frame may name a route of the gateway's own, such as `$disconnect`.
  if (eventType !== on || !connectionId) return refuse('VALIDATION_FAILED', `Only ${on} is taken here.`);
  const input = read(event);
  return isRefusal(input) ? input : work({ ...input, connectionId });
}

/**
 * The stack of a route of the WebSocket API. A refusal of the handshake is its status; of a message, an error frame. A
 * fault in a message is told and swallowed (the page asks again), in a handshake or a close it is thrown.
 */
export function socket<Input>(
  route: SocketRoute<Input>,
  work: Work<Input>,
): (event: SocketEvent, context: Context) => Promise<Result> {
  const bucket = new TokenBucket(ERRORS_PER_SECOND);
  return stack<SocketEvent, Result>([], async (event) => {
    const { tell } = route;
    const outcome = readAndWork(route, work, event);
    const refusal = await (tell ? outcome.catch(faultOf) : outcome);
    if (!refusal) return { statusCode: 200 };
    invocation().log.info({ code: refusal.refused, route: route.on }, 'refused');
    if (!tell) return { statusCode: STATUS_OF[refusal.refused] };
    const { connectionId } = event.requestContext;
    if (bucket.take() === 0) await tell(connectionId, errorFrame(refusal));
    return { statusCode: 200 };
  });
}
