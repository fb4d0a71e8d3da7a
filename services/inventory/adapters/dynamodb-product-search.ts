import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { Search } from '../domain/search';
import type { Found, ProductSearch } from '../ports/products';
import { batchGet } from './batch-get';
import { type ProductRow, toProduct } from './product-row';

/** Rows that one page looks at where it leaves some out: a few hundred bytes each, far below a query's 1 MB. */
const LOOKED_AT = 1000;

export class DynamoDbProductSearch implements ProductSearch {
  constructor(
    private readonly client: DocumentClient,
    private readonly tables: { products: string; words: string },
  ) {}

  async search({ by, and }: Search, limit: number, before?: string): Promise<Found> {
    const { ids, next } = await this.query({ by, and }, limit, before);
    const rows = await batchGet(
      this.client,
      this.tables.products,
      ids.map((id) => ({ id })),
    );
    const products = new Map(rows.map((row) => [String(row.id), toProduct(row as unknown as ProductRow)]));
    return { products: ids.flatMap((id) => products.get(id) ?? []), next };
  }

  private async query(
    { by, and }: Search,
    limit: number,
    before?: string,
  ): Promise<{ ids: string[]; next?: string }> {
    const { Items = [], LastEvaluatedKey } = await this.client.send(
      new QueryCommand({
        TableName: this.tables.words,
        KeyConditionExpression: before ? '#token = :by AND #id < :before' : '#token = :by',
        ...(and.length > 0 && {
          FilterExpression: and.map((_, index) => `contains(#tokens, :and${index})`).join(' AND '),
        }),
        ExpressionAttributeNames: {
          '#token': 'token',
          ...(before ? { '#id': 'id' } : {}),
          ...(and.length > 0 ? { '#tokens': 'tokens' } : {}),
        },
        ExpressionAttributeValues: {
          ':by': by,
          ...(before ? { ':before': before } : {}),
          ...Object.fromEntries(and.map((token, index) => [`:and${index}`, token])),
        },
        ScanIndexForward: false,
        Limit: and.length > 0 ? LOOKED_AT : limit + 1,
      }),
    );
    const found = Items.map(({ id }) => String(id));
    if (found.length > limit) return { ids: found.slice(0, limit), next: found[limit - 1] };
    return { ids: found, next: LastEvaluatedKey && String(LastEvaluatedKey.id) };
  }
}
