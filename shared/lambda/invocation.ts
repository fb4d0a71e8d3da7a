import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from 'aws-lambda';
import { newId } from '../kernel/ids';
import { SECOND } from '../kernel/time';
import { type Logger, logger } from './logger';
import { Metrics } from './metrics';

/** What one invocation shares with everything it calls, without every signature naming it. */
export interface Invocation {
  correlationId: string;
  /** Aborts one second before the function's time-out, so that the reply and the log still get out. */
  signal: AbortSignal;
  log: Logger;
  metrics: Metrics;
  /** AWS calls and DynamoDB write units so far: what the last log line of the invocation says it cost. */
  used: { awsCalls: number; writeUnits: number };
  annotations: Record<string, string>;
}

const storage = new AsyncLocalStorage<Invocation>();

/** @throws Error outside an invocation: adapters are only called from inside one of the stacks. */
export function invocation(): Invocation {
  const current = storage.getStore();
  if (!current) throw new Error('There is no invocation: call this from inside a handler stack');
  return current;
}

export const currentInvocation = (): Invocation | undefined => storage.getStore();

const RESERVE = SECOND;

export function newInvocation(context: Pick<Context, 'getRemainingTimeInMillis' | 'awsRequestId'>): {
  invocation: Invocation;
  end: () => void;
} {
  const controller = new AbortController();
  const milliseconds = Math.max(context.getRemainingTimeInMillis() - RESERVE, 1);
  const timer = setTimeout(() => controller.abort(new DeadlineExceeded()), milliseconds);
  const correlationId = newId('cor');
  return {
    invocation: {
      correlationId,
      signal: controller.signal,
      log: logger.child({ requestId: context.awsRequestId, correlationId }),
      metrics: new Metrics(),
      used: { awsCalls: 0, writeUnits: 0 },
      annotations: {},
    },
    end: () => clearTimeout(timer),
  };
}

export class DeadlineExceeded extends Error {
  override name = 'DeadlineExceeded';
  constructor() {
    super('The invocation reached its deadline, one second before the time-out of its function');
  }
}

export const runInvocation = <T>(current: Invocation, work: () => T): T => storage.run(current, work);

/** Continues under the correlation id that a request or message brought. */
export function correlate(correlationId: string): void {
  const current = invocation();
  current.correlationId = correlationId;
  current.log = current.log.child({ correlationId });
}

/** Puts ids on every later log line and on the trace, to search by. Ids only: never a person's data. */
export function annotate(ids: { orderId?: string; customerId?: string }): void {
  const current = invocation();
  Object.assign(current.annotations, ids);
  current.log = current.log.child(ids);
}

/** A message of a batch: its own correlation id and log, the deadline and the counters of the batch. */
export const forMessage = (correlationId: string): Invocation => {
  const batch = invocation();
  return { ...batch, correlationId, annotations: {}, log: batch.log.child({ correlationId }) };
};
