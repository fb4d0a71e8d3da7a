import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from 'aws-lambda';
import { newId } from '../kernel/ids';
import { SECOND } from '../kernel/time';
import { type Logger, logger } from './logger';
import { Metrics } from './metrics';

/** AWS calls and DynamoDB write units so far: what the last log line of the invocation says it cost. */
interface Used {
  awsCalls: number;
  writeUnits: number;
}

const NEVER = new AbortController().signal;

/** What one invocation shares with everything it calls, without every signature naming it. */
export class Invocation {
  readonly annotations: Record<string, string> = {};
  private bound: Logger | undefined;

  constructor(
    private readonly base: Logger,
    public correlationId: string,
    /** Aborts one second before the function's time-out, so that the reply and the log still get out. */
    readonly signal: AbortSignal,
    readonly metrics = new Metrics(),
    readonly used: Used = { awsCalls: 0, writeUnits: 0 },
  ) {}

  /** Every line has the ids known when it is written, each once. */
  get log(): Logger {
    this.bound ??= this.base.child({ correlationId: this.correlationId, ...this.annotations });
    return this.bound;
  }

  correlate(correlationId: string): void {
    this.correlationId = correlationId;
    this.bound = undefined;
  }

  annotate(ids: Record<string, string | undefined>): void {
    Object.assign(this.annotations, ids);
    this.bound = undefined;
  }

  /** What is still to be done when the deadline has passed, within the second that is kept for the reply. */
  pastDeadline(correlationId: string): Invocation {
    return new Invocation(this.base, correlationId, NEVER, this.metrics, this.used);
  }

  /** A message of a batch: its own ids and log lines; the batch's deadline, metrics and counters. */
  forMessage(correlationId: string): Invocation {
    return new Invocation(this.base, correlationId, this.signal, this.metrics, this.used);
  }
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
  const base = logger.child({ requestId: context.awsRequestId });
  return {
    invocation: new Invocation(base, newId('cor'), controller.signal),
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
export const correlate = (correlationId: string): void => invocation().correlate(correlationId);

/** Puts ids on every later log line and on the trace, to search by. Ids only: never a person's data. */
export const annotate = (ids: { orderId?: string; customerId?: string }): void => invocation().annotate(ids);

/** Handles one message of a batch under its own correlation id. */
export const forMessage = <T>(correlationId: string, work: () => T): T =>
  runInvocation(invocation().forMessage(correlationId), work);

/** A line about one of many orders in a batch, under that order's own ids. */
export function logAbout(
  ids: { orderId: string; correlationId: string },
  fields: object,
  text: string,
): void {
  const own = currentInvocation()?.forMessage(ids.correlationId);
  own?.annotate({ orderId: ids.orderId });
  own?.log.info(fields, text);
}

/** A line of its own for each event of an order, found by the correlation id of what it came from. */
export const logPublished = (event: {
  id: string;
  type: string;
  subject: string;
  correlationid: string;
}): void =>
  logAbout(
    { orderId: event.subject, correlationId: event.correlationid },
    { eventId: event.id, type: event.type },
    'event published',
  );
