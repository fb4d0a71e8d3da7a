import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { auditWrite } from '../../../shared/aws/audit-log';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { type IdempotencyTable, replay } from '../../../shared/aws/idempotency-table';
import { transact, type Write } from '../../../shared/aws/transaction';
import type { Movement } from '../domain/ledger';
import type { Product } from '../domain/product';
import type { ShardLevel, StockChange } from '../domain/stock';
import type { BackOffice, Change, Deed, SavedChange } from '../ports/back-office';
import { type ProductRow, toProduct, toRow } from './product-row';
import { stockCheck, stockKey, stockWrite } from './stock-writes';

export interface Tables {
  products: string;
  words: string;
  stock: string;
  movements: string;
  /** Where staff act. */
  audit?: string;
}

type Kind = 'REPLY' | 'PRODUCT' | 'STOCK' | 'OTHER';

export class DynamoDbBackOffice implements BackOffice {
  constructor(
    private readonly client: DocumentClient,
    private readonly tables: Tables,
    private readonly replies?: Pick<IdempotencyTable, 'record'>,
  ) {}

  async find(id: string): Promise<Product | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.tables.products, Key: { id }, ConsistentRead: true }),
    );
    return Item && toProduct(Item as ProductRow);
  }

  async save(change: Change, deed?: Deed): Promise<SavedChange> {
    const writes = [...this.deedWrites(deed), ...this.changeWrites(change)];
    const result = await transact(
      this.client,
      writes.map(([, write]) => write),
    );
    if (result.committed) return { saved: true };
    const hindrances = result.hindrances.map(({ index, row }) => ({ kind: writes[index]?.[0], row }));
    const before = hindrances.find(({ kind }) => kind === 'REPLY');
    if (before?.row && deed?.answerTo) return this.answered(before.row, deed.answerTo);
    const stale = hindrances.some(({ kind }) => kind === 'PRODUCT');
    return { saved: false, why: stale ? 'STALE' : 'SHORT' };
  }

  /** A record with the very reply that was to be stored is this request's own: the write took effect, its answer was lost. */
  private answered(
    row: Record<string, unknown>,
    { request, reply }: NonNullable<Deed['answerTo']>,
  ): SavedChange {
    const answer = replay(row, request);
    const own = 'body' in answer && answer.body === reply.body && 'location' in reply.headers;
    return own ? { saved: true } : { saved: false, why: 'ANSWERED', answer };
  }

  private deedWrites(deed: Deed | undefined): [Kind, Write][] {
    if (!deed || !this.tables.audit) return [];
    const { answerTo, ...entry } = deed;
    const record = answerTo && this.replies?.record(answerTo.request, answerTo.reply, deed.at);
    return [
      ...(record ? [['REPLY', record] as [Kind, Write]] : []),
      ['OTHER', auditWrite(this.tables.audit, entry)],
    ];
  }

  private changeWrites({ product, stock = [], movement, seen }: Change): [Kind, Write][] {
    return [
      ...(seen ? [['PRODUCT', this.productCheck(seen.product)] as [Kind, Write]] : []),
      ...(product ? [['PRODUCT', this.productWrite(product)] as [Kind, Write]] : []),
      ...(product ? this.listing(product).map((write): [Kind, Write] => ['OTHER', write]) : []),
      ...this.stockWrites(stock, seen?.levels ?? []).map((write): [Kind, Write] => ['STOCK', write]),
      ...(movement ? [['OTHER', this.movementWrite(movement)] as [Kind, Write]] : []),
    ];
  }

  /** One write a row: what is taken from a shard that was seen has its condition, the others a check. */
  private stockWrites(stock: StockChange[], levels: readonly ShardLevel[]): Write[] {
    const seen = new Map(levels.map((level) => [stockKey(level.productId, level.shard), level]));
    const writes = stock.map((one) => {
      const key = stockKey(one.productId, one.shard);
      const write = stockWrite(this.tables.stock, one, seen.get(key)?.available);
      seen.delete(key);
      return write;
    });
    return [...writes, ...[...seen.values()].map((level) => stockCheck(this.tables.stock, level))];
  }

  private productCheck({ id, version }: Product): Write {
    return {
      ConditionCheck: {
        TableName: this.tables.products,
        Key: { id },
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': version },
      },
    };
  }

  private productWrite({ from, to, cause }: NonNullable<Change['product']>): Write {
    return {
      Put: {
        TableName: this.tables.products,
        Item: toRow(to, cause),
        ...(from
          ? {
              ConditionExpression: '#version = :before',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':before': from.version },
            }
          : {
              ConditionExpression: 'attribute_not_exists(#id)',
              ExpressionAttributeNames: { '#id': 'id' },
            }),
      },
    };
  }

  /** Each row has all tokens of its product, to filter by: where one differs, all rows are written. */
  private listing({ from, to }: NonNullable<Change['product']>): Write[] {
    const before = from?.tokens ?? [];
    const same = before.length === to.tokens.length && before.every((token) => to.tokens.includes(token));
    if (same) return [];
    const TableName = this.tables.words;
    return [
      ...to.tokens.map((token) => ({ Put: { TableName, Item: { token, id: to.id, tokens: to.tokens } } })),
      ...before
        .filter((token) => !to.tokens.includes(token))
        .map((token) => ({ Delete: { TableName, Key: { token, id: to.id } } })),
    ];
  }

  private movementWrite(movement: Movement): Write {
    return {
      Put: {
        TableName: this.tables.movements,
        Item: movement,
        ConditionExpression: 'attribute_not_exists(#id)',
        ExpressionAttributeNames: { '#id': 'id' },
      },
    };
  }
}
