import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import type { Order } from '../domain/order';
import type { AuditsOrders } from '../ports/order-audit';
import { DynamodbOrderIndex } from './dynamodb-order-index';
import { DAY_BUCKETS, dayBucket, fromRow, type OrderRow } from './order-row';

const PAGE = 50;
const CURSOR = /^(\d{1,2}):([\w-]{0,64})$/;

/** In which bucket of the day, and below which id the page begins. @throws PermanentFault */
function position(cursor = '0:'): { bucket: number; before?: string } {
  const [, bucket, before] = CURSOR.exec(cursor) ?? [];
  if (bucket === undefined) throw new PermanentFault('Payload: a cursor that is not of this list');
  return { bucket: Number(bucket), before: before || undefined };
}

export class DynamodbOrderAudit implements AuditsOrders {
  private readonly index: DynamodbOrderIndex;

  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {
    this.index = new DynamodbOrderIndex(client, table);
  }

  async ofDay(day: string, cursor?: string): Promise<{ orders: Order[]; cursor?: string }> {
    let { bucket, before } = position(cursor);
    const ids: string[] = [];
    while (bucket < DAY_BUCKETS && ids.length < PAGE) {
      const page = await this.index.ids('byDay', dayBucket(day, bucket), {
        limit: PAGE - ids.length,
        before,
      });
      ids.push(...page.ids);
      before = page.more ? page.ids.at(-1) : undefined;
      if (!page.more) bucket += 1;
    }
    const next = bucket < DAY_BUCKETS ? `${bucket}:${before ?? ''}` : undefined;
    return { orders: await this.these(ids), cursor: next };
  }

  async these(ids: readonly string[]): Promise<Order[]> {
    const orders: Order[] = [];
    let Keys = [...new Set(ids)].map((id) => ({ id }));
    while (Keys.length > 0) {
      const { Responses, UnprocessedKeys } = await this.client.send(
        new BatchGetCommand({ RequestItems: { [this.table]: { Keys, ConsistentRead: true } } }),
      );
      orders.push(...(Responses?.[this.table] ?? []).map((row) => fromRow(row as OrderRow)));
      Keys = (UnprocessedKeys?.[this.table]?.Keys ?? []) as typeof Keys;
    }
    return orders;
  }
}
