import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { Product } from '../domain/product';
import type { Products, Shelves } from '../ports/products';
import { type ProductRow, SHELVES, shelfName, toProduct } from './product-row';

/** Byte order, as DynamoDB sorts: localeCompare would not. */
const newestFirst = (a: Product, b: Product): number => (a.id < b.id ? 1 : -1);

export class DynamoDbProducts implements Products, Shelves {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  find(id: string): Promise<Product | undefined> {
    return this.get(id, false);
  }

  findNow(id: string): Promise<Product | undefined> {
    return this.get(id, true);
  }

  private async get(id: string, ConsistentRead: boolean): Promise<Product | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.table, Key: { id }, ConsistentRead }),
    );
    return Item && toProduct(Item as ProductRow);
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
