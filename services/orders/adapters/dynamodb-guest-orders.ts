import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { transact, type Write } from '../../../shared/aws/transaction';
import { epochSeconds, HOUR } from '../../../shared/kernel/time';
import type { Order } from '../domain/order';
import type { FindsGuestOrders, RequestsLinks, SavesTogether } from '../ports/guest-orders';
import type { Change } from '../ports/orders';
import { DynamodbOrders } from './dynamodb-orders';

/** Enough for a mail that was overlooked, too few to fill somebody's inbox. */
const LINKS_AN_HOUR = 3;

export class DynamodbGuestOrders
  extends DynamodbOrders
  implements FindsGuestOrders, SavesTogether, RequestsLinks
{
  constructor(
    client: DocumentClient,
    private readonly names: { orders: string; events?: string; idempotency?: string },
    records?: IdempotencyTable,
  ) {
    super(client, names, records);
  }

  async listByEmail(
    emailHash: string,
    page: { limit: number; before?: string },
  ): Promise<{ orders: Order[]; last?: string }> {
    const { ids, more } = await this.index.ids('byEmail', emailHash, page);
    return { orders: await this.getAll(ids), last: more ? ids.at(-1) : undefined };
  }

  async requestLink(change: Change, now: number): Promise<'REQUESTED' | 'STALE' | 'TOO_MANY'> {
    const count = this.countIn(change.order.id, now);
    const result = await transact(this.client, [count, ...this.writesOf(change)]);
    if (result.committed) return 'REQUESTED';
    return result.hindrances.some(({ index }) => index === 0) ? 'TOO_MANY' : 'STALE';
  }

  private countIn(orderId: string, now: number): Write {
    return {
      Update: {
        TableName: this.names.idempotency,
        Key: { pk: `link#${orderId}#${Math.floor(now / HOUR)}` },
        UpdateExpression: 'SET #ttl = :ttl ADD used :one',
        ConditionExpression: 'attribute_not_exists(used) OR used < :most',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':ttl': epochSeconds(now + 2 * HOUR),
          ':one': 1,
          ':most': LINKS_AN_HOUR,
        },
      },
    };
  }
}
