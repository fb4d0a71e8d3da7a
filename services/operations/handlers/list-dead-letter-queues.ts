import { sqs } from '../../../shared/aws/sqs';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { SqsDeadLetters } from '../adapters/sqs-dead-letters';
import { listDeadLetterQueuesRoute } from '../api';
import { listDeadLetterQueues } from '../use-cases/list-dead-letter-queues';

const env = environment({ NAME_PREFIX: text });

const ports = { letters: new SqsDeadLetters(sqs, env.NAME_PREFIX) };

export const handler = http(listDeadLetterQueuesRoute, async () =>
  json(200, { items: await listDeadLetterQueues(ports) }),
);
