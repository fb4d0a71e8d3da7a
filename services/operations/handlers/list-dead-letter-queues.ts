import { http, json } from '../../../shared/lambda/http';
import { lookingPorts } from '../adapters/ports-of-function';
import { listDeadLetterQueuesRoute } from '../api';
import { listDeadLetterQueues } from '../use-cases/list-dead-letter-queues';

const ports = lookingPorts();

export const handler = http(listDeadLetterQueuesRoute, async () =>
  json(200, { items: await listDeadLetterQueues(ports) }),
);
