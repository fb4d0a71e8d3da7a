import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CloudEvent } from '../../../events/envelope';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { OrderHistory, PagesOrderHistory, RecordedEvent } from '../ports/order-history';
import { type EventRow, fromEventRow } from './event-row';

export class DynamodbOrderHistory implements OrderHistory, PagesOrderHistory {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async eventsOf(orderId: string): Promise<CloudEvent[]> {
    const events: CloudEvent[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await this.client.send(
        new QueryCommand({
          TableName: this.table,
          KeyConditionExpression: 'orderId = :order',
          ExpressionAttributeValues: { ':order': orderId },
          ConsistentRead: true,
          ExclusiveStartKey,
        }),
      );
      events.push(...(page.Items ?? []).map((row) => fromEventRow(row as EventRow)));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return events;
  }

  async eventsAfter(
    orderId: string,
    { version, limit }: { version: number; limit: number },
  ): Promise<{ events: RecordedEvent[]; more: boolean }> {
    const { Items = [], LastEvaluatedKey } = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        KeyConditionExpression: 'orderId = :order AND version > :version',
        ExpressionAttributeValues: { ':order': orderId, ':version': version },
        ConsistentRead: true,
        Limit: limit,
      }),
    );
    const events = (Items as EventRow[]).map((row) => ({ event: fromEventRow(row), version: row.version }));
    return { events, more: LastEvaluatedKey !== undefined };
  }
}
