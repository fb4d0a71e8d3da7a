import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CloudEvent } from '../../../events/envelope';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { transact } from '../../../shared/aws/transaction';
import type { Payment } from '../domain/payment';
import type { Authorizations } from '../ports/authorizations';
import { toOutboxRow } from './outbox-row';
import { AUTHORIZATION_BUCKETS, authorizationBucket, PAYMENT } from './payment-row';
import { AS_SEEN } from './payments-table';

const asSeen = ({ state, attempt }: Payment) => ({ ':seen': state, ':attempt': attempt });

export class AuthorizationsTable implements Authorizations {
  constructor(
    private readonly client: DocumentClient,
    private readonly tables: { payments: string; events: string },
  ) {}

  async endingBefore(time: string, atMost: number): Promise<string[]> {
    const buckets = Array.from({ length: AUTHORIZATION_BUCKETS }, (_, bucket) =>
      this.client.send(
        new QueryCommand({
          TableName: this.tables.payments,
          IndexName: 'byAuthorization',
          KeyConditionExpression: '#bucket = :bucket AND authorizedUntil < :time',
          ExpressionAttributeNames: { '#bucket': 'heldIn' },
          ExpressionAttributeValues: { ':bucket': authorizationBucket(bucket), ':time': time },
          Limit: atMost,
        }),
      ),
    );
    const rows = (await Promise.all(buckets)).flatMap(({ Items = [] }) => Items);
    return rows
      .sort((a, b) => (a.authorizedUntil < b.authorizedUntil ? -1 : 1))
      .slice(0, atMost)
      .map(({ orderId }) => String(orderId));
  }

  async extend(payment: Payment, until: string): Promise<void> {
    try {
      await this.client.send(
        new UpdateCommand({
          TableName: this.tables.payments,
          Key: { orderId: payment.orderId, sk: PAYMENT },
          UpdateExpression: 'SET authorizedUntil = :until',
          ConditionExpression: AS_SEEN,
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':until': until, ...asSeen(payment) },
        }),
      );
    } catch (error) {
      // Captured or cancelled meanwhile: there is nothing to extend.
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
    }
  }

  async end(payment: Payment, to: 'CAPTURED' | 'VOIDED', event: CloudEvent): Promise<boolean> {
    const seen = payment.version === 0 ? 'attribute_not_exists(version)' : 'version = :before';
    const { committed } = await transact(this.client, [
      {
        Update: {
          TableName: this.tables.payments,
          Key: { orderId: payment.orderId, sk: PAYMENT },
          UpdateExpression: 'SET #state = :to, version = :version REMOVE #bucket',
          ConditionExpression: `${AS_SEEN} AND ${seen}`,
          ExpressionAttributeNames: { '#state': 'state', '#bucket': 'heldIn' },
          ExpressionAttributeValues: {
            ':to': to,
            ':version': payment.version + 1,
            ...(payment.version > 0 && { ':before': payment.version }),
            ...asSeen(payment),
          },
        },
      },
      { Put: { TableName: this.tables.events, Item: toOutboxRow(event) } },
    ]);
    return committed;
  }
}
