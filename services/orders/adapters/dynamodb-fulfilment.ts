import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import type { Write } from '../../../shared/aws/transaction';
import type { OrderReturn } from '../domain/order-return';
import type { Shipment } from '../domain/shipment';
import type { FindsOpenReturns, FulfilmentChange, FulfilsOrders } from '../ports/fulfilment';
import { DynamodbOrders } from './dynamodb-orders';
import { toEventRow } from './event-row';
import {
  fromReturnRow,
  fromShipmentRow,
  OPEN_RETURN_BUCKETS,
  openReturnBucket,
  returnKey,
  shipmentKey,
  toReturnRow,
  toSettle,
  toShipmentRow,
} from './fulfilment-row';

interface Tables {
  orders: string;
  events?: string;
  fulfilment: string;
  audit?: string;
}

/** Orders with their parcels and returns, which change with them alone: the order's version guards them too. */
export class DynamodbFulfilment extends DynamodbOrders implements FulfilsOrders, FindsOpenReturns {
  constructor(
    client: DocumentClient,
    private readonly names: Tables,
    replies?: IdempotencyTable,
  ) {
    super(client, names, replies);
  }

  async shipment(orderId: string, shipmentId: string): Promise<Shipment | undefined> {
    const row = await this.read(shipmentKey(orderId, shipmentId));
    return row && fromShipmentRow(row);
  }

  async return(orderId: string, returnId: string): Promise<OrderReturn | undefined> {
    const row = await this.read(returnKey(orderId, returnId));
    return row && fromReturnRow(row);
  }

  async *openReturns(): AsyncIterable<Pick<OrderReturn, 'orderId' | 'id'>[]> {
    for (let bucket = 0; bucket < OPEN_RETURN_BUCKETS; bucket += 1) {
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await this.client.send(
          new QueryCommand({
            TableName: this.names.fulfilment,
            IndexName: 'byOpen',
            KeyConditionExpression: '#open = :bucket',
            ExpressionAttributeNames: { '#open': 'open' },
            ExpressionAttributeValues: { ':bucket': openReturnBucket(bucket) },
            ExclusiveStartKey,
          }),
        );
        ExclusiveStartKey = page.LastEvaluatedKey;
        const found = (page.Items ?? []).map(({ orderId, sk }) => ({
          orderId: String(orderId),
          id: String(sk).replace('return#', ''),
        }));
        if (found.length > 0) yield found;
      } while (ExclusiveStartKey);
    }
  }

  protected override writesOf(change: FulfilmentChange): Write[] {
    const [order, event, ...rest] = super.writesOf(change) as [Write, Write, ...Write[]];
    const { shipment, return: one } = change;
    return [
      order,
      change.startsReturn ? this.startOf(change, event) : event,
      ...(shipment ? [this.put(toShipmentRow(shipment))] : []),
      ...(one ? [this.put(toReturnRow(one))] : []),
      ...rest,
    ];
  }

  private startOf({ order, event, return: one }: FulfilmentChange, { Put }: Write): Write {
    const Item = toEventRow(event, order.version, one?.attempt, one && toSettle(one));
    return { Put: { ...Put, Item } as Write['Put'] };
  }

  private put(Item: Record<string, unknown>): Write {
    return { Put: { TableName: this.names.fulfilment, Item } };
  }

  private async read(Key: Record<string, string>): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.names.fulfilment, Key, ConsistentRead: true }),
    );
    return Item;
  }
}
