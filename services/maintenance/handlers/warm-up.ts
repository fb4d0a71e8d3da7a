import Joi from 'joi';
import { lambda } from '../../../shared/aws/lambda';
import { environment, optional, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { LambdaPings } from '../adapters/lambda-pings';
import { warmUp } from '../use-cases/warm-up';

const env = environment({ NAME_PREFIX: text, WARM_UP: optional });
const ports = { pings: new LambdaPings(lambda, env.NAME_PREFIX) };
const functionKeys = env.WARM_UP.split(' ').filter(Boolean);

export const handler = schedule(Joi.object({}), async () => {
  const result = await warmUp(ports, functionKeys);
  invocation().log.info(result, 'functions warm');
  if (result.failed.length > 0) throw new Error(`Not warm: ${result.failed.join(', ')}`);
  return result;
});
