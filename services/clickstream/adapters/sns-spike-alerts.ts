import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { DAY, epochSeconds } from '../../../shared/kernel/time';
import { invocation } from '../../../shared/lambda/invocation';
import type { Series } from '../domain/spike';
import type { Spike, SpikeAlerts } from '../ports/clicks';

const KEPT = 2 * DAY;

const keyOf = (series: Series, minute: string) => ({ pk: `spike#${series}`, sk: minute });

export class SnsSpikeAlerts implements SpikeAlerts {
  constructor(
    private readonly sns: SNSClient,
    private readonly dynamodb: DocumentClient,
    private readonly names: { topicArn: string; table: string },
  ) {}

  async wasSent(series: Series, minute: string): Promise<boolean> {
    const { Item } = await this.dynamodb.send(
      new GetCommand({ TableName: this.names.table, Key: keyOf(series, minute), ConsistentRead: true }),
    );
    return Item !== undefined;
  }

  async send(spike: Spike): Promise<void> {
    const { series, minute, count, usual } = spike;
    await this.sns.send(
      new PublishCommand({
        TopicArn: this.names.topicArn,
        Subject: `${count} ${series} in a minute, ${Math.round(usual)} are usual`,
        Message: JSON.stringify({ type: 'click.spike', ...spike }),
        MessageAttributes: {
          series: { DataType: 'String', StringValue: series },
          correlationId: { DataType: 'String', StringValue: invocation().correlationId },
        },
      }),
    );
    await this.dynamodb.send(
      new PutCommand({
        TableName: this.names.table,
        Item: { ...keyOf(series, minute), count, ttl: epochSeconds(Date.now() + KEPT) },
      }),
    );
  }
}
