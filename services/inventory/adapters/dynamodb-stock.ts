import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { Contention, transact } from '../../../shared/aws/transaction';
import { MINUTE } from '../../../shared/kernel/time';
import type { Product } from '../domain/product';
import { netOf, type Shift } from '../domain/shards';
import type { ShardLevel } from '../domain/stock';
import type { Shifted, StockRoom } from '../ports/back-office';
import type { Availability } from '../ports/products';
import type { StockLevels } from '../ports/reservations';
import { batchGet } from './batch-get';
import { stockKey, stockWrite } from './stock-writes';

const keysOf = ({ id, shardRows }: Pick<Product, 'id' | 'shardRows'>): { shard: string }[] =>
  Array.from({ length: shardRows }, (_, shard) => ({ shard: stockKey(id, shard) }));

export class DynamoDbAvailability implements Availability {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async of(products: readonly Pick<Product, 'id' | 'shardRows'>[]): Promise<ReadonlyMap<string, number>> {
    const totals = new Map(products.map(({ id }) => [id, 0]));
    const rows = await batchGet(this.client, this.table, products.flatMap(keysOf));
    for (const { productId, available } of rows as { productId: string; available: number }[]) {
      totals.set(productId, (totals.get(productId) ?? 0) + available);
    }
    return totals;
  }
}

/** The number of shards rarely changes, and an old one only costs a second look. */
const SHARDS_KEPT = MINUTE;

/** Snapshots that others disturbed: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html */
const TRIES = 4;

interface Known {
  shards: number;
  shardRows: number;
  until: number;
}

export class DynamoDbStockLevels implements StockLevels, StockRoom {
  private readonly kept = new Map<string, Known>();

  constructor(
    private readonly client: DocumentClient,
    private readonly tables: { products: string; stock: string },
    private readonly now: () => number = Date.now,
  ) {}

  async shardsOf(productIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const now = this.now();
    const unknown = productIds.filter((id) => (this.kept.get(id)?.until ?? 0) <= now);
    if (unknown.length > 0) {
      const keys = unknown.map((id) => ({ id }));
      const only = ['id', 'shards', 'shardRows'];
      for (const row of await batchGet(this.client, this.tables.products, keys, { only })) this.keep(row);
    }
    return new Map(productIds.map((id) => [id, this.kept.get(id)?.shards ?? 1]));
  }

  async read(productIds: readonly string[]): Promise<ShardLevel[]> {
    return (await Promise.all([...new Set(productIds)].map((id) => this.snapshot(id)))).flat();
  }

  async glance(product: Pick<Product, 'id' | 'shardRows'>): Promise<ShardLevel[]> {
    const rows = await batchGet(this.client, this.tables.stock, keysOf(product), { consistent: true });
    return rows.map(({ shard, available }) => ({
      productId: product.id,
      shard: Number(String(shard).slice(product.id.length + 1)),
      available: Number(available),
    }));
  }

  async shift(shifts: readonly Shift[]): Promise<Shifted> {
    const writes = netOf(shifts).map((change) => stockWrite(this.tables.stock, change));
    try {
      return (await transact(this.client, writes)).committed ? 'DONE' : 'SHORT';
    } catch (error) {
      if (error instanceof Contention) return 'BUSY';
      throw error;
    }
  }

  private keep({ id, shards, shardRows }: Record<string, unknown>): Known {
    const known = {
      shards: Number(shards ?? 1),
      shardRows: Number(shardRows ?? shards ?? 1),
      until: this.now() + SHARDS_KEPT,
    };
    this.kept.set(String(id), known);
    return known;
  }

  /**
   * The product and its shards at one moment: units that change their shard between two reads would be missed, and a
   * product with enough be called sold out.
   */
  private async snapshot(productId: string): Promise<ShardLevel[]> {
    for (let shardRows = this.kept.get(productId)?.shardRows ?? 1; ; ) {
      const keys = keysOf({ id: productId, shardRows });
      const [product, ...rows] = await this.together([
        { TableName: this.tables.products, Key: { id: productId } },
        ...keys.map((Key) => ({ TableName: this.tables.stock, Key })),
      ]);
      const known = this.keep({ ...product, id: productId });
      if (known.shardRows <= shardRows) {
        return rows.flatMap((row, shard) =>
          row ? [{ productId, shard, available: Number(row.available) }] : [],
        );
      }
      shardRows = known.shardRows;
    }
  }

  private async together(
    keys: { TableName: string; Key: Record<string, string> }[],
  ): Promise<(Record<string, unknown> | undefined)[]> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      try {
        const { Responses = [] } = await this.client.send(
          new TransactGetCommand({ TransactItems: keys.map((Get) => ({ Get })) }),
        );
        return keys.map((_, index) => Responses[index]?.Item);
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * 2 ** tries));
    }
    throw new Contention('Others kept changing what was read');
  }
}
