import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { Movement } from '../domain/ledger';
import type { Movements } from '../ports/back-office';

export class DynamoDbMovements implements Movements {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async list(productId: string, limit: number, before?: string): Promise<Movement[]> {
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        KeyConditionExpression: before
          ? '#productId = :productId AND #id < :before'
          : '#productId = :productId',
        ExpressionAttributeNames: { '#productId': 'productId', ...(before ? { '#id': 'id' } : {}) },
        ExpressionAttributeValues: { ':productId': productId, ...(before ? { ':before': before } : {}) },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    return Items as Movement[];
  }
}
