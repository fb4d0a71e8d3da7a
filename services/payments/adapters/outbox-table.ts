import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { CloudEvent } from '../../../events/envelope';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { Outbox } from '../ports/outbox';
import { toOutboxRow } from './outbox-row';

export class OutboxTable implements Outbox {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async keep(event: CloudEvent): Promise<boolean> {
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.table,
          Item: toOutboxRow(event),
          ConditionExpression: 'attribute_not_exists(id)',
        }),
      );
      return true;
    } catch (error) {
      if ((error as Error).name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }
}
