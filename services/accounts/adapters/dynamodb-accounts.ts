import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { Account } from '../domain/account';
import type { Accounts } from '../ports/accounts';

export class DynamodbAccounts implements Accounts {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async find(customerId: string): Promise<Account | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.table, Key: { customerId }, ConsistentRead: true }),
    );
    return Item as Account | undefined;
  }

  async save(account: Account): Promise<boolean> {
    const isNew = account.version === 1;
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.table,
          Item: account,
          ConditionExpression: isNew ? 'attribute_not_exists(customerId)' : 'version = :before',
          ExpressionAttributeValues: isNew ? undefined : { ':before': account.version - 1 },
        }),
      );
      return true;
    } catch (error) {
      if ((error as Error).name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }
}
