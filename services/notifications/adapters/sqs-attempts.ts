import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import Joi from 'joi';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import { MINUTE, SECOND } from '../../../shared/kernel/time';
import { validate } from '../../../shared/lambda/validation';
import type { DueAttempt } from '../domain/webhook';
import type { Attempts } from '../ports/webhooks';
import { queueUrl } from './queue-urls';

/** The longest delay of a message; a longer pause is made of several. */
const LONGEST = 15 * MINUTE;

export class SqsAttempts implements Attempts {
  private readonly url: () => Promise<string>;

  constructor(
    private readonly client: SQSClient,
    queueName: string,
  ) {
    this.url = queueUrl(client, queueName);
  }

  async queue(attempt: DueAttempt, now: number): Promise<void> {
    const wait = Math.min(Math.max(attempt.notBefore - now, 0), LONGEST);
    await this.client.send(
      new SendMessageCommand({
        QueueUrl: await this.url(),
        MessageBody: JSON.stringify(attempt),
        DelaySeconds: Math.ceil(wait / SECOND),
      }),
    );
  }
}

const id = (): Joi.StringSchema => Joi.string().min(1).max(128);
const count = (): Joi.NumberSchema => Joi.number().integer().min(1);

const schema = Joi.object<DueAttempt, true>({
  endpointId: id(),
  deliveryId: id(),
  run: count(),
  attempt: count(),
  notBefore: Joi.number().integer().min(0),
  correlationId: id(),
});

/** @throws PermanentFault for what is no attempt. */
export function readAttempt(body: string): { message: DueAttempt; correlationId: string } {
  const checked = validate(schema, jsonOf(body), { unknown: true });
  if ('violations' in checked)
    throw new PermanentFault(
      `Not an attempt: ${checked.violations.map(({ pointer }) => pointer).join(', ') || '/'}`,
    );
  return { message: checked.value, correlationId: checked.value.correlationId };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new PermanentFault('The message is not JSON');
  }
}
