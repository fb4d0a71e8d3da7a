import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { lambda } from '../../../shared/aws/lambda';
import { MINUTE } from '../../../shared/kernel/time';
import { environment, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbRuns } from '../adapters/dynamodb-runs';
import { cleanersOf } from '../adapters/lambda-cleaners';
import { LambdaFunctions } from '../adapters/lambda-functions';
import { cleanUp } from '../use-cases/clean-up';

const env = environment({ MAINTENANCE_TABLE: text, CLEANERS: text });

const ports = {
  cleaners: cleanersOf(env.CLEANERS, new LambdaFunctions(lambda)),
  runs: new DynamodbRuns(dynamodb, env.MAINTENANCE_TABLE, Date.now),
  tell: (cleaner: string, err: unknown) => {
    // Minified, an error's type is a letter.
    const error = err instanceof Error ? err.name : typeof err;
    invocation().log.error({ cleaner, error, err }, 'not cleaned up');
  },
};

const payload = Joi.object<{ dryRun: boolean }, true>({ dryRun: Joi.boolean() });

/** Of the function's fifteen minutes; a page takes seconds. */
const WORKING_TIME = 13 * MINUTE;

export const handler = schedule(payload, async (input) => {
  const end = Date.now() + WORKING_TIME;
  const result = await cleanUp({ ...ports, hasTime: () => Date.now() < end }, input);
  const { metrics, log } = invocation();
  const removed = Object.values(result.counts).reduce((sum, count) => sum + count.removed, 0);
  if (!input.dryRun) metrics.add('cleanedUp', removed);
  metrics.add('cleanUpsUnfinished', Number(result.outcome === 'PAUSED' || result.failed.length > 0));
  log.info({ ...result, removed }, 'cleaned up');
  return result;
});
