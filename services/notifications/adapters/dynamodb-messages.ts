import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { epochSeconds } from '../../../shared/kernel/time';
import {
  CLAIM_LIFE,
  type Claim,
  type Claimed,
  judge,
  REMEMBERED,
  type SettledStatus,
} from '../domain/message';
import type { FindsSentMails, MessageLog } from '../ports/sending';

/** Ids and states only: no address, no name, no text (docs/rules.md, 11). */
interface Row extends Claimed {
  id: string;
  /** Undefined for a mail to the owner of a webhook endpoint. */
  orderId?: string;
  kind: string;
  ttl: number;
  /** Of the claim: a repeated call, whose first answer was lost, meets the row that it wrote itself. */
  token: string;
  /** The provider's id of a sent message, or why it was not sent. */
  detail?: string;
}

export class DynamoDbMessages implements MessageLog, FindsSentMails {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async claim(
    id: string,
    { orderId, kind }: { orderId?: string; kind: string },
    now: number,
  ): Promise<Claim> {
    const row: Row = {
      id,
      orderId,
      kind,
      status: 'SENDING',
      claimedAt: now,
      token: randomUUID(),
      ttl: epochSeconds(now + REMEMBERED),
    };
    const taken: Claim = { claim: 'TAKEN', claimedAt: now, again: false };
    try {
      const { Attributes: before } = await this.client.send(
        new PutCommand({
          TableName: this.table,
          Item: row,
          ConditionExpression:
            'attribute_not_exists(id) OR #status = :failed OR (#status = :sending AND claimedAt <= :dead)',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':failed': 'FAILED',
            ':sending': 'SENDING',
            ':dead': now - CLAIM_LIFE,
          },
          ReturnValues: 'ALL_OLD',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return before ? judge(before as Row, now) : taken;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
      const standing = unmarshall(error.Item) as Row;
      return standing.token === row.token ? taken : judge(standing, now);
    }
  }

  async settle(id: string, claimedAt: number, status: SettledStatus, detail?: string): Promise<void> {
    try {
      await this.client.send(
        new UpdateCommand({
          TableName: this.table,
          Key: { id },
          UpdateExpression: detail
            ? 'SET #status = :status, detail = :detail'
            : 'SET #status = :status REMOVE detail',
          ConditionExpression: '#status = :sending AND claimedAt = :claimedAt',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':status': status,
            ':sending': 'SENDING',
            ':claimedAt': claimedAt,
            ':detail': detail,
          },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  async find(id: string): Promise<{ id: string; orderId?: string; kind: string } | undefined> {
    const { Item } = await this.client.send(new GetCommand({ TableName: this.table, Key: { id } }));
    return Item as Row | undefined;
  }
}
