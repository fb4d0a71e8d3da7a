import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Alarms, Found } from '../ports/books';

/** To whoever gets the alarms of the stage: a metric alone cannot say which order it is. */
export class SnsAlarms implements Alarms {
  constructor(
    private readonly client: SNSClient,
    private readonly topicArn: string,
  ) {}

  async raise(found: readonly Found[]): Promise<void> {
    const lines = found.map(({ orderId, disagreements }) => `${orderId}: ${disagreements.join(', ')}`);
    await this.client.send(
      new PublishCommand({
        TopicArn: this.topicArn,
        Subject: `The books disagree about ${found.length} order${found.length === 1 ? '' : 's'}`,
        Message: `${lines.join('\n')}\n\nWhat each word means: services/maintenance/README.md`,
      }),
    );
  }
}
