import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import type { Order } from '../domain/order';
import type { PagesOpenOrders } from '../ports/order-audit';
import { DynamodbOrders } from './dynamodb-orders';
import { OPEN_BUCKETS, openBucket } from './order-row';

const PAGE = 25;
const CURSOR = /^(\d{1,2}):([\w-]{0,64})$/;
const BELOW_ALL = ' ';

/** Open orders a page at a time, oldest first within a bucket, for whoever comes back with a cursor. */
export class DynamodbOpenOrders extends DynamodbOrders implements PagesOpenOrders {
  async openPage(cursor = '0:'): Promise<{ orders: Order[]; cursor?: string }> {
    const [, name, after] = CURSOR.exec(cursor) ?? [];
    if (name === undefined) throw new PermanentFault('Payload: a cursor that is not of this list');
    let bucket = Number(name);
    let last = after ?? '';
    const ids: string[] = [];
    while (bucket < OPEN_BUCKETS && ids.length < PAGE) {
      const found = await this.idsIn(bucket, last || BELOW_ALL, PAGE - ids.length);
      ids.push(...found.ids);
      last = found.more ? (found.ids.at(-1) ?? '') : '';
      if (!found.more) bucket += 1;
    }
    const orders = (await this.getAll(ids)).filter(({ owed }) => owed);
    return { orders, cursor: bucket < OPEN_BUCKETS ? `${bucket}:${last}` : undefined };
  }

  private async idsIn(
    bucket: number,
    after: string,
    limit: number,
  ): Promise<{ ids: string[]; more: boolean }> {
    const { Items = [], LastEvaluatedKey } = await this.client.send(
      new QueryCommand({
        TableName: this.index.table,
        IndexName: 'byOpen',
        KeyConditionExpression: '#open = :bucket AND id > :after',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':bucket': openBucket(bucket), ':after': after },
        Limit: limit,
      }),
    );
    return { ids: Items.map(({ id }) => String(id)), more: LastEvaluatedKey !== undefined };
  }
}
