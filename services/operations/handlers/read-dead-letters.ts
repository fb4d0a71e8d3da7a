import { isRefusal } from '../../../shared/kernel/refusal';
import { http, json } from '../../../shared/lambda/http';
import { lookingPorts } from '../adapters/ports-of-function';
import { letterView, readDeadLettersRoute } from '../api';
import { readDeadLetters } from '../use-cases/read-dead-letters';

const ports = lookingPorts();

const DEFAULT_LIMIT = 20;

export const handler = http(readDeadLettersRoute, async ({ path, query: { limit = DEFAULT_LIMIT } }) => {
  const found = await readDeadLetters(ports, { queue: path.queue, limit });
  return isRefusal(found) ? found : json(200, { items: found.map(letterView) });
});
