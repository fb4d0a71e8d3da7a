import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { ErasesAccounts } from '../ports/people';

export class DynamodbErasure implements ErasesAccounts {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async erase(customerId: string): Promise<void> {
    await this.client.send(new DeleteCommand({ TableName: this.table, Key: { customerId } }));
  }
}
