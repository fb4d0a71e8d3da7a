import { GetQueueUrlCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { makeEvent } from '../../../events/envelope';
import { messageSettled } from '../../../events/message-results';
import type { Result, Results } from '../ports/sending';

export class SqsResults implements Results {
  private url: string | undefined;

  constructor(
    private readonly client: SQSClient,
    private readonly queueName: string,
  ) {}

  /** Under an id of its own making, so that a result told twice is the same one. */
  async report({ orderId, at, correlationId, ...result }: Result): Promise<void> {
    const event = makeEvent(messageSettled, {
      id: `${result.messageId}#${result.outcome}`,
      subject: orderId,
      at,
      correlationId,
      actor: 'system',
      data: result,
    });
    this.url ??= (await this.client.send(new GetQueueUrlCommand({ QueueName: this.queueName }))).QueueUrl;
    await this.client.send(
      new SendMessageCommand({ QueueUrl: this.url, MessageBody: JSON.stringify(event) }),
    );
  }
}
