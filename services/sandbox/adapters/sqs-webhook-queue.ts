import { GetQueueUrlCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import Joi from 'joi';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import type { Entry } from '../domain/entry';
import { view } from '../domain/entry';
import type { Parcel, WebhookQueue } from '../ports/webhooks';
import { toEntry } from './ledger-row';

export class SqsWebhookQueue implements WebhookQueue {
  private url: string | undefined;

  constructor(
    private readonly sqs: SQSClient,
    private readonly queue: string,
  ) {}

  async add(parcel: Parcel): Promise<void> {
    this.url ??= (await this.sqs.send(new GetQueueUrlCommand({ QueueName: this.queue }))).QueueUrl;
    const DelaySeconds = parcel.webhook.after;
    const MessageBody = JSON.stringify(parcel);
    await this.sqs.send(new SendMessageCommand({ QueueUrl: this.url, MessageBody, DelaySeconds }));
  }
}

/** The rows of the ledger that tell of something. */
export function readToldEntry(row: Record<string, unknown>): Entry | undefined {
  const entry = toEntry(row);
  return entry.webhook && entry.charge ? entry : undefined;
}

export const parcelOf = ({ id, webhook, charge }: Entry, correlationId: string, now: number): Parcel => {
  if (!webhook || !charge) throw new Error(`Nothing is told of ${id}`);
  return { webhook, charge: view(id, charge, now), correlationId };
};

const schema = Joi.object<Parcel>({
  webhook: Joi.object({ id: Joi.string(), type: Joi.string(), after: Joi.number() }),
  charge: Joi.object({ id: Joi.string(), reference: Joi.string() }),
  correlationId: Joi.string().min(1).max(128),
});

/** @throws PermanentFault for a message that is no webhook */
export function readParcel(body: string): { message: Parcel; correlationId: string } {
  try {
    const { error, value } = schema.validate(JSON.parse(body), { presence: 'required', allowUnknown: true });
    if (error) throw error;
    return { message: value, correlationId: value.correlationId };
  } catch {
    throw new PermanentFault('The message is no webhook');
  }
}
