import { ChangeMessageVisibilityCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { SECOND } from '../../../shared/kernel/time';
import type { Redelivery } from '../ports/sending';

/** The receives of one queue. */
export class SqsRedelivery {
  private url: string | undefined;

  constructor(
    private readonly client: SQSClient,
    private readonly queueName: string,
  ) {}

  of({ receiptHandle }: { receiptHandle: string }): Redelivery {
    return {
      postpone: async (milliseconds) => {
        await this.client.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: await this.queueUrl(),
            ReceiptHandle: receiptHandle,
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
