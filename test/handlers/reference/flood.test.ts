import { readFileSync } from 'node:fs';
import type { Context } from 'aws-lambda';

const PER_SECOND = 5;
const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 5000 } as Context;
const read = (key: string) => JSON.parse(readFileSync(`events/samples/reference/${key}.http.json`, 'utf8'));

// biome-ignore lint/suspicious/noExplicitAny: events and results as they are on the wire
type Handler = (event: any, given: Context) => Promise<any>;
const handlers: Record<string, Handler> = {};

beforeAll(async () => {
  Object.assign(process.env, { LOG_LEVEL: 'silent', PUBLIC_CALLS_PER_SECOND: String(PER_SECOND) });
  ({ handler: handlers.getOpenApi } = (await import(
    '../../../services/reference/handlers/get-openapi'
  )) as unknown as { handler: Handler });
  ({ handler: handlers.getDocsPage } = (await import(
    '../../../services/reference/handlers/get-docs-page'
  )) as unknown as { handler: Handler });
});

test.each(['getOpenApi', 'getDocsPage'])(
  '%s answers a flood with 429 and when to come again',
  async (key) => {
    const answers = [];
    for (let call = 0; call < 4 * PER_SECOND; call += 1)
      answers.push(await handlers[key]?.(read(key), context));
    expect(answers[0]).toMatchObject({ statusCode: 200 });
    expect(answers.at(-1)).toMatchObject({ statusCode: 429, headers: { 'retry-after': '1' } });
  },
);
