import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { makeEvent } from '../../../events/envelope';
import { messageSettled } from '../../../events/message-results';
import type { Result, Results } from '../ports/sending';
import { queueUrl } from './queue-urls';

export class SqsResults implements Results {
  private readonly url: () => Promise<string>;

  constructor(
    private readonly client: SQSClient,
    queueName: string,
  ) {
    this.url = queueUrl(client, queueName);
  }

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
    await this.client.send(
      new SendMessageCommand({ QueueUrl: await this.url(), MessageBody: JSON.stringify(event) }),
    );
  }
}
