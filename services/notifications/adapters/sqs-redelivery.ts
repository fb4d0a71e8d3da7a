import { ChangeMessageVisibilityCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { SECOND } from '../../../shared/kernel/time';
import type { Redelivery } from '../ports/sending';

/** Of a queue's RedrivePolicy: the last of these receives parks the message with its reason. */
export const MAX_RECEIVES = 5;

/** The receives of one queue. */
export class SqsRedelivery {
  private url: string | undefined;

  constructor(
    private readonly client: SQSClient,
    private readonly queueName: string,
  ) {}

  of(record: { receiptHandle: string; attributes: { ApproximateReceiveCount: string } }): Redelivery {
    return {
      last: Number(record.attributes.ApproximateReceiveCount) >= MAX_RECEIVES,
      postpone: async (milliseconds) => {
        await this.client.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: await this.queueUrl(),
            ReceiptHandle: record.receiptHandle,
            VisibilityTimeout: Math.ceil(milliseconds / SECOND),
          }),
        );
      },
    };
  }

  private async queueUrl(): Promise<string> {
    this.url ??= (await this.client.send(new GetQueueUrlCommand({ QueueName: this.queueName }))).QueueUrl;
    return this.url as string;
  }
}
