import { BatchGetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { type Clock, SECOND } from '../../../shared/kernel/time';
import type { Price } from '../domain/pricing';
import type { FollowsPrices, PriceList } from '../ports/price-list';

/** A price may be this old when an order is placed; then it is fixed (docs/rules.md, 1). */
const FRESH = 30 * SECOND;

/** Bounds the memory of one environment: 10,000 products take about 2 MB. */
const MAX_KEPT = 10_000;

export class DynamodbPriceList implements PriceList, FollowsPrices {
  private readonly kept = new Map<string, { price: Price; until: number }>();

  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
    private readonly clock: Clock = Date.now,
  ) {}

  async find(productIds: readonly string[]): Promise<ReadonlyMap<string, Price>> {
    const now = this.clock();
    const found = new Map<string, Price>();
    const missing: string[] = [];
    for (const id of new Set(productIds)) {
      const kept = this.kept.get(id);
      if (kept && kept.until > now) found.set(id, kept.price);
      else missing.push(id);
    }
    for (const price of await this.read(missing)) found.set(price.productId, this.keep(price, now));
    return found;
  }

  private keep(price: Price, now: number): Price {
    if (this.kept.size >= MAX_KEPT) this.kept.clear();
    this.kept.set(price.productId, { price, until: now + FRESH });
    return price;
  }

  /** One call for up to 100 products; only what DynamoDB left out is asked for again. */
  private async read(productIds: string[]): Promise<Price[]> {
    const prices: Price[] = [];
    let Keys = productIds.map((productId) => ({ productId }));
    while (Keys.length > 0) {
      const { Responses, UnprocessedKeys } = await this.client.send(
        new BatchGetCommand({ RequestItems: { [this.table]: { Keys } } }),
      );
      prices.push(...((Responses?.[this.table] ?? []) as Price[]));
      Keys = (UnprocessedKeys?.[this.table]?.Keys ?? []) as typeof Keys;
    }
    return prices;
  }

  async follow(price: Price): Promise<void> {
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.table,
          Item: price,
          ConditionExpression: 'attribute_not_exists(productId) OR version < :version',
          ExpressionAttributeValues: { ':version': price.version },
        }),
      );
    } catch (error) {
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
    }
  }
}
