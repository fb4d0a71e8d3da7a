import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CloudEvent } from '../../../events/envelope';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { OrderHistory } from '../ports/order-history';
import { type EventRow, fromEventRow } from './event-row';

export class DynamodbOrderHistory implements OrderHistory {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  /** An order has a few dozen events at most, each below a kilobyte or two: one page of a megabyte holds them. */
  async eventsOf(orderId: string): Promise<CloudEvent[]> {
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        KeyConditionExpression: 'orderId = :order',
        ExpressionAttributeValues: { ':order': orderId },
        ConsistentRead: true,
      }),
    );
    return Items.map((row) => fromEventRow(row as EventRow));
  }
}
