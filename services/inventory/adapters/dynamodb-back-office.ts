import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { auditWrite } from '../../../shared/aws/audit-log';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { type IdempotencyTable, replay } from '../../../shared/aws/idempotency-table';
import { transact, type Write } from '../../../shared/aws/transaction';
import type { Movement } from '../domain/ledger';
import type { Product } from '../domain/product';
import type { BackOffice, Change, Deed, Movements, SavedChange } from '../ports/back-office';
import { stockWrite } from './dynamodb-stock';
import { type ProductRow, toProduct, toRow } from './product-row';

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

  private changeWrites({ product, stock = [], movement }: Change): [Kind, Write][] {
    return [
      ...(product ? [['PRODUCT', this.productWrite(product)] as [Kind, Write]] : []),
      ...(product ? this.listing(product).map((write): [Kind, Write] => ['OTHER', write]) : []),
      ...stock.map((one): [Kind, Write] => ['STOCK', stockWrite(this.tables.stock, one)]),
      ...(movement ? [['OTHER', this.movementWrite(movement)] as [Kind, Write]] : []),
    ];
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

export class DynamoDbMovements implements Movements {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async list(productId: string, limit: number, before?: string): Promise<Movement[]> {
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        KeyConditionExpression: before
          ? '#productId = :productId AND #id < :before'
          : '#productId = :productId',
        ExpressionAttributeNames: { '#productId': 'productId', ...(before ? { '#id': 'id' } : {}) },
        ExpressionAttributeValues: { ':productId': productId, ...(before ? { ':before': before } : {}) },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    return Items as Movement[];
  }
}
