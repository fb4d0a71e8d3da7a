import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { api } from './api';
import { awsClient } from './aws-client';
import { tokenOf } from './sign-in';
import { stack } from './stack';
import { waitFor } from './wait-for';

export interface Letter {
  id: string;
  body: string;
  reason?: string;
}

/** Puts a message on a queue of the stack under test, a dead-letter queue among them. */
export async function sendTo(queue: string, body: string): Promise<void> {
  const sqs = await awsClient(SQSClient);
  const QueueName = `orderly-${(await stack()).stage}-${queue}`;
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
}

export async function lettersIn(queue: string): Promise<Letter[]> {
  const { body } = await api<{ items: Letter[] }>(`GET /staff/dead-letters/${queue}?limit=100`, {
    token: await tokenOf('staff'),
  });
  return body.items;
}

/** The dead letter that has this text in it. */
export const letterWith = (queue: string, text: string): Promise<Letter> =>
  waitFor(async () => (await lettersIn(queue)).find(({ body }) => body.includes(text)), {
    what: `a letter with ${text} in ${queue}`,
  });
