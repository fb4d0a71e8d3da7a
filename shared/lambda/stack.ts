import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { invocation, newInvocation, runInvocation } from './invocation';
import { span } from './tracing';

/** Metrics go out as lines of their own, below pino, which would wrap them. */
const writeLines = (lines: string[]): void => {
  for (const line of lines) process.stdout.write(`${line}\n`);
};

/** One log line an invocation: what it was, how it ended, what it used. */
function account(started: number, outcome: 'ok' | 'failed'): void {
  const { log, metrics, used } = invocation();
  const milliseconds = Date.now() - started;
  log.info({ outcome, milliseconds, ...used }, 'invocation');
  writeLines(metrics.lines(Date.now()));
}

async function accounted<T>(work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  try {
    const result = await work();
    account(started, 'ok');
    return result;
  } catch (error) {
    invocation().log.error({ err: error }, 'invocation failed');
    account(started, 'failed');
    throw error;
  }
}

/** Work as a span of the trace, found by the ids that the work annotated. */
export const traced = <T>(name: string, work: () => Promise<T>): Promise<T> =>
  span(name, async (own) => {
    try {
      return await work();
    } finally {
      own.annotate(invocation().annotations);
    }
  });

type Middleware<E, R> = middy.MiddlewareObj<E, R, Error, Context>;

/** `{ warmup: true }` and nothing else: no trigger's event looks like that. */
const isWarmUp = (event: unknown): boolean =>
  (event as { warmup?: unknown } | undefined)?.warmup === true && Object.keys(event as object).length === 1;

/**
 * What every kind of trigger has: an invocation to share, a deadline, a trace with its annotations, one closing log
 * line with what the invocation used, its metrics. The five stacks add what is particular to their trigger. A warm-up
 * ping ends here: the environment is there, its modules are loaded, and nothing was parsed, called or told.
 */
export function stack<E, R>(
  middlewares: Middleware<E, R>[],
  work: (event: E) => Promise<R>,
): (event: E, context: Context) => Promise<R> {
  const inner = middy<E, R, Error, Context>().use(middlewares).handler(work);
  return async (event, context) => {
    if (isWarmUp(event)) return undefined as R;
    const { invocation: current, end } = newInvocation(context);
    return runInvocation(current, () =>
      accounted(() => traced('handler', async () => (await inner(event, context)) as R)),
    ).finally(end);
  };
}
