import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { ErasesAccounts } from '../ports/people';
import { tombstoneOf } from './account-row';

export class DynamodbErasure implements ErasesAccounts {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** In the row's place, also where there was none: a token that is still good would make one. */
  async erase(customerId: string): Promise<void> {
    await this.client.send(
      new PutCommand({ TableName: this.table, Item: tombstoneOf(customerId, this.now()) }),
    );
  }
}
