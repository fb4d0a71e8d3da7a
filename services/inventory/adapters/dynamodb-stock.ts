import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { MINUTE } from '../../../shared/kernel/time';
import type { Product } from '../domain/product';
import type { ShardLevel } from '../domain/stock';
import type { Availability, StockRoom } from '../ports/products';
import type { StockLevels } from '../ports/reservations';
import { batchGet } from './batch-get';

/** The partition key of a stock row. */
export const stockKey = (productId: string, shard: number): string => `${productId}#${shard}`;

type Sharded = Pick<Product, 'id' | 'shards'>;

const keysOf = (products: readonly Sharded[]): Record<string, string>[] =>
  products.flatMap(({ id, shards }) =>
    Array.from({ length: shards }, (_, shard) => ({ shard: stockKey(id, shard) })),
  );

export class DynamoDbAvailability implements Availability {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async of(products: readonly Sharded[]): Promise<ReadonlyMap<string, number>> {
    const totals = new Map(products.map(({ id }) => [id, 0]));
    const rows = await batchGet(this.client, this.table, keysOf(products));
    for (const { productId, available } of rows as { productId: string; available: number }[]) {
      totals.set(productId, (totals.get(productId) ?? 0) + available);
    }
    return totals;
  }
}

export class DynamoDbStockRoom implements StockRoom {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async open(productId: string, units: number): Promise<boolean> {
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.table,
          Item: { shard: stockKey(productId, 0), productId, available: units, version: 1 },
          ConditionExpression: 'attribute_not_exists(#shard)',
          ExpressionAttributeNames: { '#shard': 'shard' },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

/** The number of shards changes once in a product's life, if at all, and an old number only costs a second look. */
const SHARDS_KEPT = MINUTE;

export class DynamoDbStockLevels implements StockLevels {
  private readonly kept = new Map<string, { shards: number; until: number }>();

  constructor(
    private readonly client: DocumentClient,
    private readonly tables: { products: string; stock: string },
    private readonly now: () => number = Date.now,
  ) {}

  async shardsOf(productIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const now = this.now();
    const unknown = productIds.filter((id) => (this.kept.get(id)?.until ?? 0) <= now);
    if (unknown.length > 0) await this.look(unknown);
    return new Map(productIds.map((id) => [id, this.kept.get(id)?.shards ?? 1]));
  }

  async read(productIds: readonly string[]): Promise<ShardLevel[]> {
    await this.look(productIds);
    const products = [...(await this.shardsOf(productIds))].map(([id, shards]) => ({ id, shards }));
    const rows = await batchGet(this.client, this.tables.stock, keysOf(products), { consistent: true });
    return rows.map(({ shard, productId, available }) => ({
      productId: String(productId),
      shard: Number(String(shard).split('#')[1]),
      available: Number(available),
    }));
  }

  private async look(productIds: readonly string[]): Promise<void> {
    const rows = await batchGet(
      this.client,
      this.tables.products,
      productIds.map((id) => ({ id })),
      { only: ['id', 'shards'] },
    );
    const until = this.now() + SHARDS_KEPT;
    for (const { id, shards } of rows) this.kept.set(String(id), { shards: Number(shards ?? 1), until });
  }
}
