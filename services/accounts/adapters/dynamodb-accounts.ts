import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { Account } from '../domain/account';
import type { Accounts, Saved } from '../ports/accounts';
import { isAccount } from './account-row';

export class DynamodbAccounts implements Accounts {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async find(customerId: string): Promise<Account | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.table, Key: { customerId }, ConsistentRead: true }),
    );
    return isAccount(Item) ? Item : undefined;
  }

  async save(account: Account): Promise<Saved> {
    const isNew = account.version === 1;
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.table,
          Item: account,
          ConditionExpression: isNew ? 'attribute_not_exists(customerId)' : 'version = :before',
          ExpressionAttributeValues: isNew ? undefined : { ':before': account.version - 1 },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return 'SAVED';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return error.Item && !isAccount(error.Item) ? 'ERASED' : 'STALE';
    }
  }
}
