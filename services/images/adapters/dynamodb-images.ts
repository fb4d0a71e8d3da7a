import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { Image, PendingImage } from '../domain/image';
import type { ListsImages, SettlesImages, TryClaim } from '../ports/images';
import { fromRow, type ImageRow, toRow } from './image-row';

const isRefused = (error: unknown): boolean => error instanceof ConditionalCheckFailedException;

/** The row that stood in the way: it may be this very claim, whose answer got lost on the way. */
function claimOf(item: ConditionalCheckFailedException['Item'], token: string): number | 'HELD' | 'SETTLED' {
  const row = item ? unmarshall(item) : {};
  if (row.status !== 'PENDING') return 'SETTLED';
  return row.claimedBy === token ? Number(row.tries) : 'HELD';
}

const PENDING = {
  ConditionExpression: '#status = :pending',
  ExpressionAttributeNames: { '#status': 'status' },
  ExpressionAttributeValues: { ':pending': 'PENDING' },
};

export class DynamodbImages implements ListsImages, SettlesImages {
  constructor(
    protected readonly client: DocumentClient,
    protected readonly table: string,
  ) {}

  async find(productId: string, id: string): Promise<Image | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.table, Key: { productId, id }, ConsistentRead: true }),
    );
    return Item && fromRow(Item as ImageRow);
  }

  async list(
    productId: string,
    { limit, before, now = false }: { limit: number; before?: string; now?: boolean },
  ): Promise<{ images: Image[]; last?: string }> {
    const { Items = [], LastEvaluatedKey } = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        KeyConditionExpression: `productId = :product${before ? ' AND id < :before' : ''}`,
        ExpressionAttributeValues: { ':product': productId, ...(before ? { ':before': before } : {}) },
        ConsistentRead: now,
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    const images = Items.map((item) => fromRow(item as ImageRow));
    return { images, last: LastEvaluatedKey ? images.at(-1)?.id : undefined };
  }

  async claim(
    { productId, id }: PendingImage,
    { token, now, deadSince }: TryClaim,
  ): Promise<number | 'HELD' | 'SETTLED'> {
    try {
      const { Attributes } = await this.client.send(
        new UpdateCommand({
          TableName: this.table,
          Key: { productId, id },
          UpdateExpression: 'SET claimedBy = :token, claimedAt = :now ADD tries :one',
          ConditionExpression: `${PENDING.ConditionExpression} AND (attribute_not_exists(claimedAt) OR claimedAt <= :dead)`,
          ExpressionAttributeNames: PENDING.ExpressionAttributeNames,
          ExpressionAttributeValues: {
            ...PENDING.ExpressionAttributeValues,
            ...{ ':token': token, ':now': now, ':dead': deadSince, ':one': 1 },
          },
          ReturnValues: 'UPDATED_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return Number(Attributes?.tries);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return claimOf(error.Item, token);
      throw error;
    }
  }

  async release({ productId, id }: PendingImage, token: string): Promise<void> {
    try {
      await this.client.send(
        new UpdateCommand({
          TableName: this.table,
          Key: { productId, id },
          UpdateExpression: 'REMOVE claimedBy, claimedAt ADD tries :back',
          ConditionExpression: `${PENDING.ConditionExpression} AND claimedBy = :token`,
          ExpressionAttributeNames: PENDING.ExpressionAttributeNames,
          ExpressionAttributeValues: {
            ...PENDING.ExpressionAttributeValues,
            ...{ ':token': token, ':back': -1 },
          },
        }),
      );
    } catch (error) {
      if (!isRefused(error)) throw error;
    }
  }

  async settle(image: Image): Promise<boolean> {
    try {
      await this.client.send(new PutCommand({ TableName: this.table, Item: toRow(image), ...PENDING }));
      return true;
    } catch (error) {
      if (isRefused(error)) return false;
      throw error;
    }
  }
}
