import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import type { Order } from '../domain/order';
import type { AuditsOrders } from '../ports/order-audit';
import { DynamodbOrderIndex, type IndexName } from './dynamodb-order-index';
import { END_BUCKETS, endBucket } from './event-row';
import { DAY_BUCKETS, dayBucket, fromRow, type OrderRow } from './order-row';

const PAGE = 50;
const CURSOR = /^(\d{1,2}):([\w-]{0,64})$/;

/** In which bucket of the day, and below which id the page begins. @throws PermanentFault */
function position(cursor = '0:'): { bucket: number; before?: string } {
  const [, bucket, before] = CURSOR.exec(cursor) ?? [];
  if (bucket === undefined) throw new PermanentFault('Payload: a cursor that is not of this list');
  return { bucket: Number(bucket), before: before || undefined };
}

/** A day's orders by some index, spread over partitions. */
interface Buckets {
  index: DynamodbOrderIndex;
  name: IndexName;
  count: number;
  of: (day: string, bucket: number) => string;
}

export class DynamodbOrderAudit implements AuditsOrders {
  private readonly days: Buckets;
  private readonly ends: Buckets;

  constructor(
    private readonly client: DocumentClient,
    private readonly tables: { orders: string; events: string },
  ) {
    const at = (table: string) => new DynamodbOrderIndex(client, table);
    this.days = { index: at(tables.orders), name: 'byDay', count: DAY_BUCKETS, of: dayBucket };
    this.ends = { index: at(tables.events), name: 'byEnd', count: END_BUCKETS, of: endBucket };
  }

  ofDay(day: string, cursor?: string): Promise<{ orders: Order[]; cursor?: string }> {
    return this.page(this.days, day, cursor);
  }

  endedOn(day: string, cursor?: string): Promise<{ orders: Order[]; cursor?: string }> {
    return this.page(this.ends, day, cursor);
  }

  private async page(
    { index, name, count, of }: Buckets,
    day: string,
    cursor: string | undefined,
  ): Promise<{ orders: Order[]; cursor?: string }> {
    let { bucket, before } = position(cursor);
    const ids: string[] = [];
    while (bucket < count && ids.length < PAGE) {
      const page = await index.ids(name, of(day, bucket), { limit: PAGE - ids.length, before });
      ids.push(...page.ids);
      before = page.more ? page.ids.at(-1) : undefined;
      if (!page.more) bucket += 1;
    }
    const next = bucket < count ? `${bucket}:${before ?? ''}` : undefined;
    return { orders: await this.these(ids), cursor: next };
  }

  async these(ids: readonly string[]): Promise<Order[]> {
    const orders: Order[] = [];
    let Keys = [...new Set(ids)].map((id) => ({ id }));
    while (Keys.length > 0) {
      const { Responses, UnprocessedKeys } = await this.client.send(
        new BatchGetCommand({ RequestItems: { [this.tables.orders]: { Keys, ConsistentRead: true } } }),
      );
      orders.push(...(Responses?.[this.tables.orders] ?? []).map((row) => fromRow(row as OrderRow)));
      Keys = (UnprocessedKeys?.[this.tables.orders]?.Keys ?? []) as typeof Keys;
    }
    return orders;
  }
}
