import { join } from 'node:path';
import type { Context } from 'aws-lambda';
import { type Everything, startEverything } from './support/everything';
import { functionOf, functions, root, type Sample, samples, type Trigger } from './support/functions';

let everything: Everything;
beforeAll(async () => {
  everything = await startEverything();
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterAll(() => everything.close());

const context = { awsRequestId: 'sample', getRemainingTimeInMillis: () => 5000 } as Context;

interface Heard {
  /** Calls to AWS or the provider: work begins only after the schema. */
  calls: string[];
  code?: string;
  fault?: string;
}

/** A handler that asks many side by side answers at the first fault, and the rest are still on their way. */
async function allEnded(): Promise<void> {
  for (let before = -1; before !== everything.calls.length; ) {
    before = everything.calls.length;
    await new Promise((resolve) => setTimeout(resolve, before === 0 ? 0 : 10));
  }
}

/** Runs the real handler of a function on an event. */
async function hear(sample: Sample, event: unknown): Promise<Heard> {
  const { handler } = await import(join(root, functionOf(sample)?.module ?? ''));
  await allEnded();
  everything.calls.length = 0;
  try {
    const result = await handler(event, context);
    const problem = result?.headers?.['content-type'] === 'application/problem+json';
    const refused = result?.statusCode >= 400 ? String(result.statusCode) : undefined;
    const code = problem ? (JSON.parse(result.body).code as string) : refused;
    return { calls: [...everything.calls], code };
  } catch (error) {
    return { calls: [...everything.calls], fault: (error as Error).message };
  }
}

/** What the edge refuses, before there is any work. */
const REFUSED_AT_THE_EDGE = [
  'VALIDATION_FAILED',
  'IDEMPOTENCY_KEY_INVALID',
  'CARD_NUMBER_REFUSED',
  'CURSOR_INVALID',
  'UNSUPPORTED_MEDIA_TYPE',
  'FORBIDDEN',
];
/** What these send lies in their bundle: no call shows that they went to work. */
const CALLS_NOTHING = ['reference'];
/** Queues are what these work on: they ask for them without having given anything up. */
const WORKS_ON_QUEUES = [
  'queueWebhooks',
  'listDeadLetterQueues',
  'readDeadLetters',
  'redriveDeadLetters',
  'discardDeadLetters',
];
const PARKED = ['GetQueueUrl', 'SendMessage'];
/** The error frame to the connection that sent a frame. */
const TOLD = /\/@connections\//;
/** A reader with a checkpoint looks where it stands, and passes over what it parked. */
const CHECKPOINT = ['GetItem', 'ListShards', 'Query', 'TransactWriteItems'];

describe('every function has a sample', () => {
  test.each(functions.map(({ service, key, triggers }) => [service, key, triggers] as const))(
    '%s: %s by %j',
    (service, key, triggers) => {
      const found = samples.filter((sample) => sample.service === service && sample.key === key);
      expect(found).not.toEqual([]);
      for (const { trigger } of found) expect(triggers).toContain(trigger);
    },
  );
});

describe.each(samples.map((sample) => [sample.path, sample] as const))('%s', (_path, sample) => {
  test('belongs to a function', () => {
    expect(functionOf(sample)).toBeDefined();
  });

  test('fits the schema of its handler, which goes to work', async () => {
    const { calls, code, fault } = await hear(sample, sample.event);
    expect(REFUSED_AT_THE_EDGE).not.toContain(code);
    expect(fault ?? '').not.toMatch(/^(Step input|Payload|No route)/);
    if (!CALLS_NOTHING.includes(sample.service)) expect(calls).not.toEqual([]);
    const parked = WORKS_ON_QUEUES.includes(sample.key) ? [] : calls.filter((call) => PARKED.includes(call));
    expect(parked).toEqual([]);
  });

  test('when broken is refused before any work', async () => {
    const { calls, code, fault } = await hear(sample, broken[sample.trigger](structuredClone(sample.event)));
    const lawful = sample.trigger === 'kinesis' ? [...PARKED, ...CHECKPOINT] : PARKED;
    expect(calls.filter((call) => !lawful.includes(call) && !TOLD.test(call))).toEqual([]);
    if (sample.trigger === 'kinesis') expect(calls).toContain('GetQueueUrl');
    const parkedOrPassedOver = ['sqs', 'stream', 'kinesis'].includes(sample.trigger);
    const told = calls.some((call) => TOLD.test(call));
    if (!parkedOrPassedOver && !told) expect(code ?? fault).toBeDefined();
  });

  if (sample.trigger === 'http') {
    test('names a route of its function, by path and method', () => {
      const { routeKey, rawPath, pathParameters = {}, requestContext } = sample.event;
      expect(functionOf(sample)?.routes).toContain(routeKey);
      expect(requestContext.http).toMatchObject({ method: routeKey.split(' ')[0], path: rawPath });
      const filled = routeKey
        .split(' ')[1]
        .replace(/\{(\w+)\}/g, (_: string, name: string) => pathParameters[name]);
      expect(rawPath).toBe(filled);
    });
  }
});

/** Who knows the secret alone can sign another body. */
const unsigned = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.endsWith('-signature')));

/** An event of each kind that its handler has to refuse: the checks above would not see a schema that takes all. */
// biome-ignore lint/suspicious/noExplicitAny: each trigger has its own shape
const broken: Record<Trigger, (event: any) => unknown> = {
  http: (event) => ({
    ...event,
    // A request with no other part to break.
    headers:
      event.body || event.pathParameters || event.queryStringParameters
        ? unsigned(event.headers)
        : { 'x-correlation-id': '' },
    body: event.body && '{"nonsense":1}',
    pathParameters: event.pathParameters && {
      ...event.pathParameters,
      [Object.keys(event.pathParameters)[0] ?? 'id']: '',
    },
    queryStringParameters: event.queryStringParameters && { nonsense: '1' },
  }),
  sqs: ({ Records: [record] }) => ({ Records: [{ ...record, body: '{}' }] }),
  stream: ({ Records: [record] }) => ({
    Records: [{ ...record, dynamodb: { ...record.dynamodb, NewImage: { nonsense: { S: '1' } } } }],
  }),
  kinesis: ({ Records: [record] }) => ({
    Records: [
      { ...record, kinesis: { ...record.kinesis, data: Buffer.from('{"nonsense":1}').toString('base64') } },
    ],
  }),
  schedule: () => ({ nonsense: 1 }),
  // A frame may name a route of the gateway's own, and so reach a function that is for another event.
  websocket: ({ requestContext }) => ({
    requestContext: { ...requestContext, eventType: 'MESSAGE' },
    body: '{"nonsense":1}',
  }),
  step: ({ orderId: _, ...event }) => event,
  invoke: () => ({ nonsense: 1 }),
};
