import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { Image, PendingImage } from '../domain/image';
import type { ListsImages, SettlesImages } from '../ports/images';
import { fromRow, type ImageRow, toRow } from './image-row';

const isRefused = (error: unknown): boolean => (error as Error).name === 'ConditionalCheckFailedException';

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
    { limit, before }: { limit: number; before?: string },
  ): Promise<{ images: Image[]; last?: string }> {
    const { Items = [], LastEvaluatedKey } = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        KeyConditionExpression: `productId = :product${before ? ' AND id < :before' : ''}`,
        ExpressionAttributeValues: { ':product': productId, ...(before ? { ':before': before } : {}) },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    const images = Items.map((item) => fromRow(item as ImageRow));
    return { images, last: LastEvaluatedKey ? images.at(-1)?.id : undefined };
  }

  claim(image: PendingImage): Promise<number | undefined> {
    return this.count(image, 1);
  }

  async release(image: PendingImage): Promise<void> {
    await this.count(image, -1);
  }

  private async count({ productId, id }: PendingImage, by: number): Promise<number | undefined> {
    try {
      const { Attributes } = await this.client.send(
        new UpdateCommand({
          TableName: this.table,
          Key: { productId, id },
          UpdateExpression: 'ADD tries :by',
          ...PENDING,
          ExpressionAttributeValues: { ...PENDING.ExpressionAttributeValues, ':by': by },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return Number(Attributes?.tries);
    } catch (error) {
      if (isRefused(error)) return undefined;
      throw error;
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
