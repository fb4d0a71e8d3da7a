import { STATUS_CODES } from 'node:http';
import { moneySchema } from '../../shared/kernel/money';
import type { RefusalCode } from '../../shared/kernel/refusal';
import { STATUS_OF } from '../../shared/lambda/problem';
import { type JsonSchema, opened, toJsonSchema, withReferences } from './json-schema';
import { problemSchema } from './problem-schema';
import { apiOf, type DocumentedRoute, documentedServices } from './routes';

type Json = Record<string, unknown>;

const CORRELATION = {
  name: 'x-correlation-id',
  in: 'header',
  description:
    'Goes with everything the call sets off, and comes back with the answer; made up when left out.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,128}$' },
};
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'The same key and body within 24 hours is the same request: it is answered again, not done again.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{16,255}$' },
  example: '0f8b1c8e-5b0a-4d0e-9a57-2a4e7f0d9c11',
};
const ifMatch = (required: boolean) => ({
  name: 'If-Match',
  in: 'header',
  required,
  description: 'The ETag of what was seen; a change since then is answered 412.',
  schema: { type: 'string' },
  example: '"3"',
});

const GATEWAY = {
  description: 'The gateway itself: no token, or one that does not allow this',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/GatewayMessage' } } },
};

const PROBLEMS: Partial<Record<RefusalCode, string>> = {
  INTERNAL: 'Something went wrong on our side. The correlation id finds it in the logs.',
  UNAVAILABLE: 'A dependency could not be reached in time. Send the same request again.',
};

const problemExample = (code: RefusalCode) => ({
  type: `urn:orderly:problem:${code.toLowerCase().replaceAll('_', '-')}`,
  title: STATUS_CODES[STATUS_OF[code]],
  status: STATUS_OF[code],
  detail: PROBLEMS[code] ?? `What was wrong, in words; programs read \`code\`.`,
  code,
  correlationId: 'cor_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
});

/** One response for each status, with an example for each code that has it. */
function problems({ errors }: DocumentedRoute): Json {
  const byStatus = Map.groupBy(errors, (code) => STATUS_OF[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.join(', '),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            examples: Object.fromEntries(codes.map((code) => [code, { value: problemExample(code) }])),
          },
        },
      },
    ]),
  );
}

function parametersIn(place: 'path' | 'query', schema: DocumentedRoute['query']): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toJsonSchema(schema) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: one,
  }));
}

function requestBody({
  body,
  bodyShown = body,
  bodyExample,
  bodyTypes = ['application/json'],
}: DocumentedRoute): Json {
  if (!bodyShown) return {};
  const content = { schema: toJsonSchema(bodyShown), example: bodyExample };
  return {
    requestBody: { required: true, content: Object.fromEntries(bodyTypes.map((type) => [type, content])) },
  };
}

const reference = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

const pageOf = (name: string): JsonSchema => ({
  type: 'object',
  properties: {
    items: { type: 'array', items: reference(name) },
    nextCursor: { type: 'string', description: 'There while more follow' },
  },
  required: ['items'],
});

function answer({ answer: { status, description, schema, page, example, type } }: DocumentedRoute): Json {
  if (status === 204) return { [status]: { description } };
  const said = page ? pageOf(page) : schema ? reference(schema) : { type: 'string' };
  return { [status]: { description, content: { [type ?? 'application/json']: { schema: said, example } } } };
}

function operation(route: DocumentedRoute): Json {
  const guarded = route.access !== 'public';
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.service],
    security: guarded ? [{ accessToken: [] }] : [],
    parameters: [
      ...parametersIn('path', route.pathParameters),
      ...parametersIn('query', route.query),
      ...(route.idempotent ? [IDEMPOTENCY_KEY] : []),
      ...(route.ifMatch ? [ifMatch(route.ifMatch === 'required')] : []),
      CORRELATION,
    ],
    ...requestBody(route),
    responses: {
      ...answer(route),
      ...(guarded ? { 401: GATEWAY } : {}),
      ...problems(guarded && route.access === 'staff' ? withForbidden(route) : route),
    },
  };
}

const withForbidden = (route: DocumentedRoute): DocumentedRoute =>
  route.errors.includes('FORBIDDEN') ? route : { ...route, errors: [...route.errors, 'FORBIDDEN'] };

const gatewayMessage: JsonSchema = {
  type: 'object',
  properties: { message: { type: 'string' } },
  required: ['message'],
};

/** OpenAPI 3.1 of the whole product, made from the routes that the handlers validate by. */
export async function document(version: string): Promise<Json> {
  const apis = await Promise.all(documentedServices().map(apiOf));
  const named = new Map<string, unknown>([
    ['Money', toJsonSchema(moneySchema)],
    ['Problem', opened(toJsonSchema(problemSchema))],
  ]);
  for (const { answers } of apis)
    for (const [name, schema] of Object.entries(answers)) named.set(name, opened(toJsonSchema(schema)));
  const paths: Record<string, Json> = {};
  for (const route of apis.flatMap(({ routes }) => routes)) {
    paths[route.path] = {
      ...paths[route.path],
      [route.method.toLowerCase()]: withReferences(operation(route), named),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'orderly',
      version,
      summary: 'Orders, from the quote to the refund.',
      description:
        'Clients tolerate values and fields they do not know. Money is integer minor units. What the gateway itself answers is `{ message }`, not a problem.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '.', description: 'The stage that serves this document' }],
    tags: apis
      .filter(({ routes }) => routes.length > 0)
      .map(({ service, about }) => ({ name: service, description: about })),
    paths,
    components: {
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token of the user pool; staff are in its group `staff`.',
        },
      },
      schemas: {
        ...Object.fromEntries(
          [...named].map(([name, schema]) => [name, withReferences(schema, named, name)]),
        ),
        GatewayMessage: gatewayMessage,
      },
    },
  };
}
