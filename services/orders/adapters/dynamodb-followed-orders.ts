import { consumedWrite } from '../../../shared/aws/consumed-events';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { transact } from '../../../shared/aws/transaction';
import type { Change } from '../ports/orders';
import type { FollowsPayments } from '../ports/payment-news';
import { DynamodbOrders } from './dynamodb-orders';

/** Orders that follow the events of another service. */
export class DynamodbFollowedOrders extends DynamodbOrders implements FollowsPayments {
  constructor(
    client: DocumentClient,
    private readonly names: { orders: string; events: string; idempotency: string },
  ) {
    super(client, names);
  }

  async follow(change: Change, eventId: string, now: number): Promise<'SAVED' | 'STALE' | 'DONE'> {
    const consumed = consumedWrite(this.names.idempotency, 'orders', eventId, now);
    const result = await transact(this.client, [consumed, ...this.writesOf(change)]);
    if (result.committed) return 'SAVED';
    return result.hindrances.some(({ index }) => index === 0) ? 'DONE' : 'STALE';
  }
}
