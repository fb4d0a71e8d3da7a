import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import Joi from 'joi';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import type { StockWatch } from '../domain/stock-watch';
import type { StockMoved, Watches } from '../ports/stock-alerts';

/** A watch lies beside the stock it is of. */
const WATCH = 'watch#';

const keyOf = (productId: string): { shard: string } => ({ shard: `${WATCH}${productId}` });

const NAMES = { '#version': 'version' };

export class DynamoDbWatches implements Watches {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async find(productId: string): Promise<StockWatch | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.table, Key: keyOf(productId), ConsistentRead: true }),
    );
    if (!Item) return undefined;
    const { shard: _, ...watch } = Item;
    return watch as StockWatch;
  }

  async save(watch: StockWatch): Promise<boolean> {
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.table,
          Item: { ...keyOf(watch.productId), ...watch },
          ConditionExpression: 'attribute_not_exists(#version) OR #version = :before',
          ExpressionAttributeNames: NAMES,
          ExpressionAttributeValues: { ':before': watch.version - 1 },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  /** Raises the version, so that nobody who saw the crossing untold writes it back so. */
  async mark({ productId, crossing }: StockWatch): Promise<void> {
    await this.client.send(
      new UpdateCommand({
        TableName: this.table,
        Key: keyOf(productId),
        UpdateExpression: 'SET #told = :told ADD #version :one',
        ConditionExpression: '#crossing = :crossing',
        ExpressionAttributeNames: { ...NAMES, '#told': 'told', '#crossing': 'crossing' },
        ExpressionAttributeValues: { ':told': true, ':one': 1, ':crossing': crossing },
      }),
    );
  }
}

const stockRow = Joi.object({
  shard: Joi.string().min(1).max(100),
  productId: Joi.string().min(1).max(64),
  available: Joi.number().integer(),
  version: Joi.number().integer().min(1),
});

/** What a stream record tells of; undefined for a watch. @throws PermanentFault when it is not a row of this table */
export function readStockImage(image: Record<string, unknown>): StockMoved | undefined {
  if (String(image.shard).startsWith(WATCH)) return undefined;
  const { error } = stockRow.validate(image, { presence: 'required', convert: false, allowUnknown: true });
  if (error)
    throw new PermanentFault(`Not a row of stock: ${error.details.map(({ path }) => path.join('.'))}`);
  const { available, version, shard, productId } = image;
  // A product is made with one row; those it gets later open nothing.
  const opens = version === 1 && String(shard).endsWith('#0');
  return { productId: String(productId), ...(opens ? { openedWith: Number(available) } : {}) };
}
