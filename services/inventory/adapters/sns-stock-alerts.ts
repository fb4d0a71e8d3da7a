import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { EventOf } from '../../../events/envelope';
import type { stockLow } from '../../../events/stock-events';
import type { StockAlerts } from '../ports/stock-alerts';

export class SnsStockAlerts implements StockAlerts {
  constructor(
    private readonly client: SNSClient,
    private readonly topicArn: string,
  ) {}

  async publish(event: EventOf<typeof stockLow>): Promise<void> {
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    await this.client.send(
      new PublishCommand({
        TopicArn: this.topicArn,
        Message: JSON.stringify(event),
        MessageAttributes: { type: text(event.type), correlationId: text(event.correlationid) },
      }),
    );
  }
}
