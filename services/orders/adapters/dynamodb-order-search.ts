import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { Order } from '../domain/order';
import type { Found, SearchesOrders } from '../ports/order-search';
import { DynamodbOrderIndex, type IndexName } from './dynamodb-order-index';
import { DynamodbOrders } from './dynamodb-orders';
import { DAY_BUCKETS, dayBucket } from './order-row';

const BUCKETS = Array.from({ length: DAY_BUCKETS }, (_, bucket) => bucket);

function partitionsOf(where: Found): [IndexName, string][] {
  if ('date' in where) return BUCKETS.map((bucket) => ['byDay', dayBucket(where.date, bucket)]);
  if ('trackingNumber' in where) return [['byTrackingNumber', where.trackingNumber]];
  return 'emailHash' in where ? [['byEmail', where.emailHash]] : [['byCustomer', where.customerId]];
}

export class DynamodbOrderSearch extends DynamodbOrders implements SearchesOrders {
  private readonly parcels: DynamodbOrderIndex;

  constructor(client: DocumentClient, tables: { orders: string; fulfilment: string }) {
    super(client, { orders: tables.orders });
    this.parcels = new DynamodbOrderIndex(client, tables.fulfilment);
  }

  /** Each partition tells its newest; below the last of one that has more, nothing is certain. */
  async newestIds(
    where: Found[],
    range: { from: string; before: string; limit: number },
  ): Promise<{ ids: string[]; more: boolean }> {
    const pages = await Promise.all(
      where
        .flatMap(partitionsOf)
        .map(([index, partition]) =>
          (index === 'byTrackingNumber' ? this.parcels : this.index).ids(index, partition, range),
        ),
    );
    const floor = pages.reduce((most, { ids, more }) => {
      const last = more ? ids.at(-1) : undefined;
      return last && last > most ? last : most;
    }, '');
    const certain = [...new Set(pages.flatMap(({ ids }) => ids))]
      .filter((id) => id >= floor)
      .sort()
      .reverse();
    const ids = certain.slice(0, range.limit);
    return { ids, more: ids.length > 0 && (floor !== '' || certain.length > ids.length) };
  }

  override getAll(ids: string[]): Promise<Order[]> {
    return super.getAll(ids);
  }
}
