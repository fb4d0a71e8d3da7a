import Joi from 'joi';
import type { Route } from '../../shared/kernel/route';
import { http, json } from '../../shared/lambda/http';
import { queue } from '../../shared/lambda/queue';
import { schedule } from '../../shared/lambda/schedule';
import { step, stepInput } from '../../shared/lambda/step';
import { stream } from '../../shared/lambda/stream';
import { catchLog } from './support/log';
import { context } from './support/records';

const log = catchLog();
const work = jest.fn();
const read = jest.fn();
const park = jest.fn();

const route = { method: 'GET', path: '/', public: true } as unknown as Route<unknown, unknown, unknown>;

// biome-ignore lint/suspicious/noExplicitAny: each stack has its own event
const stacks: Record<string, (event: any, context: any) => Promise<unknown>> = {
  http: http(route, async () => {
    work();
    return json(200, {});
  }),
  queue: queue({ read, park } as never, work as never) as never,
  'stream of a table': stream({ read, park } as never, work),
  'stream of Kinesis': stream({ from: 'kinesis', read, park }, work),
  step: step(stepInput(), async () => {
    work();
    return { outcome: 'DONE' };
  }),
  schedule: schedule(Joi.object({ warmup: Joi.boolean() }), work),
};

describe.each(Object.keys(stacks))('a warm-up ping to a %s', (kind) => {
  const handler = stacks[kind];
  beforeEach(() => {
    jest.clearAllMocks();
    log.clear();
  });

  test('ends before the handler reads, works or logs', async () => {
    expect(await handler?.({ warmup: true }, context())).toBeUndefined();
    for (const mock of [work, read, park]) expect(mock).not.toHaveBeenCalled();
    expect(log.lines).toEqual([]);
  });

  test('is nothing that a trigger can be mistaken for', async () => {
    await handler?.({ warmup: true, more: 1 }, context()).catch(() => undefined);
    expect(log.lines).not.toEqual([]);
  });
});
