import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { SECOND } from '../../../shared/kernel/time';
import type { Redelivery } from '../ports/sending';
import { queueUrl } from './queue-urls';

/** Of a queue's RedrivePolicy: the last of these receives parks the message with its reason. */
export const MAX_RECEIVES = 5;

/** The receives of one queue. */
export class SqsRedelivery {
  private readonly url: () => Promise<string>;

  constructor(
    private readonly client: SQSClient,
    queueName: string,
  ) {
    this.url = queueUrl(client, queueName);
  }

  of(record: { receiptHandle: string; attributes: { ApproximateReceiveCount: string } }): Redelivery {
    return {
      last: Number(record.attributes.ApproximateReceiveCount) >= MAX_RECEIVES,
      postpone: async (milliseconds) => {
        await this.client.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: await this.url(),
            ReceiptHandle: record.receiptHandle,
            VisibilityTimeout: Math.ceil(milliseconds / SECOND),
          }),
        );
      },
    };
  }
}
