import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, type PutCommandInput, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { bucketOf } from '../../../shared/kernel/ids';
import type { Product } from '../domain/product';
import type { Cause, Products, Shelves } from '../ports/products';
import { type ProductRow, toProduct } from './product-row';

/** Index partitions a page is merged from: four queries side by side. */
const SHELVES = 4;

const shelfName = (shelf: number): string => `shelf#${shelf}`;

const toRow = (product: Product, { correlationId, actor }: Cause): ProductRow => ({
  ...product,
  correlationId,
  actor,
  ...(product.status === 'active' ? { shelf: shelfName(bucketOf(product.id, SHELVES)) } : {}),
});

/** Byte order, as DynamoDB sorts: localeCompare would not. */
const newestFirst = (a: Product, b: Product): number => (a.id < b.id ? 1 : -1);

export class DynamoDbProducts implements Products, Shelves {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async find(id: string): Promise<Product | undefined> {
    const { Item } = await this.client.send(new GetCommand({ TableName: this.table, Key: { id } }));
    return Item && toProduct(Item as ProductRow);
  }

  async save(product: Product, cause: Cause): Promise<boolean> {
    const condition: Omit<PutCommandInput, 'TableName' | 'Item'> =
      product.version === 1
        ? { ConditionExpression: 'attribute_not_exists(#id)', ExpressionAttributeNames: { '#id': 'id' } }
        : {
            ConditionExpression: '#version = :before',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':before': product.version - 1 },
          };
    try {
      await this.client.send(
        new PutCommand({ TableName: this.table, Item: toRow(product, cause), ...condition }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async list(limit: number, before?: string): Promise<Product[]> {
    const shelves = await Promise.all(
      Array.from({ length: SHELVES }, (_, shelf) => this.shelf(shelfName(shelf), limit, before)),
    );
    return shelves.flat().sort(newestFirst).slice(0, limit);
  }

  private async shelf(shelf: string, limit: number, before?: string): Promise<Product[]> {
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        IndexName: 'byShelf',
        KeyConditionExpression: before ? '#shelf = :shelf AND #id < :before' : '#shelf = :shelf',
        ExpressionAttributeNames: before ? { '#shelf': 'shelf', '#id': 'id' } : { '#shelf': 'shelf' },
        ExpressionAttributeValues: { ':shelf': shelf, ...(before ? { ':before': before } : {}) },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    return Items.map((item) => toProduct(item as ProductRow));
  }
}
