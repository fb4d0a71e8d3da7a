import { sqs } from '../../../shared/aws/sqs';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { SqsDeadLetters } from '../adapters/sqs-dead-letters';
import { letterView, readDeadLettersRoute } from '../api';
import { readDeadLetters } from '../use-cases/read-dead-letters';

const env = environment({ NAME_PREFIX: text });

const ports = { letters: new SqsDeadLetters(sqs, env.NAME_PREFIX) };

const DEFAULT_LIMIT = 20;

export const handler = http(readDeadLettersRoute, async ({ path, query: { limit = DEFAULT_LIMIT } }) => {
  const found = await readDeadLetters(ports, { queue: path.queue, limit });
  return isRefusal(found) ? found : json(200, { items: found.map(letterView) });
});
