import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { OrderMessage } from '../domain/order-message';
import type { KeepsOrderMessages, OrderMessages } from '../ports/order-messages';

interface Row extends OrderMessage {
  /** `<messageId>#<outcome>`: a message has one row for each thing that became of it, by the time of its event. */
  sk: string;
}

export class DynamodbOrderMessages implements KeepsOrderMessages, OrderMessages {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async keep(message: OrderMessage): Promise<void> {
    const row: Row = { ...message, sk: `${message.messageId}#${message.outcome}` };
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.table,
          Item: row,
          ConditionExpression: 'attribute_not_exists(sk)',
        }),
      );
    } catch (error) {
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
    }
  }

  async messagesOf(orderId: string): Promise<OrderMessage[]> {
    const messages: OrderMessage[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await this.client.send(
        new QueryCommand({
          TableName: this.table,
          KeyConditionExpression: 'orderId = :order',
          ExpressionAttributeValues: { ':order': orderId },
          ExclusiveStartKey,
        }),
      );
      messages.push(...((page.Items ?? []) as Row[]).map(({ sk: _, ...message }) => message));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return messages;
  }
}
