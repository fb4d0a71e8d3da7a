import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { transact, type Write } from '../../../shared/aws/transaction';
import { iso } from '../../../shared/kernel/time';
import { type Payment, refundKey } from '../domain/payment';
import type { ReturnRefund } from '../domain/return-refund';
import type { ReturnRefunds } from '../ports/return-refunds';
import { PAYMENT } from './payment-row';
import { PaymentsTable } from './payments-table';

/** Refunds of returns: a row each beside their payment, changed with it in one transaction. */
export class ReturnRefundsTable implements ReturnRefunds {
  private readonly payments: PaymentsTable;

  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {
    this.payments = new PaymentsTable(client, table);
  }

  payment(orderId: string): Promise<Payment> {
    return this.payments.get(orderId);
  }

  async of(orderId: string, returnId: string): Promise<ReturnRefund[]> {
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        KeyConditionExpression: 'orderId = :order AND begins_with(sk, :refunds)',
        ExpressionAttributeValues: { ':order': orderId, ':refunds': `${refundKey(returnId)}-` },
        ConsistentRead: true,
      }),
    );
    return Items.map(({ sk, status, amount, currency, takenAt }) => ({
      id: String(sk).slice(refundKey('').length),
      orderId,
      status,
      amount,
      currency,
      takenAt,
    }));
  }

  async take({ id, ...refund }: ReturnRefund): Promise<boolean> {
    const { committed } = await transact(this.client, [
      this.book(refund.orderId, {
        UpdateExpression: 'SET refundable = refundable - :amount ADD version :one',
        ConditionExpression: 'refundable >= :amount',
        ExpressionAttributeValues: { ':amount': refund.amount, ':one': 1 },
      }),
      {
        Put: {
          TableName: this.table,
          Item: { ...refund, sk: refundKey(id) },
          ConditionExpression: 'attribute_not_exists(sk)',
        },
      },
    ]);
    return committed;
  }

  /** A failed condition means that it is settled already, by this call or another. */
  async settle(
    { orderId, id, amount }: ReturnRefund,
    end: 'SUCCEEDED' | 'FAILED',
    at: number,
  ): Promise<void> {
    const counter = end === 'SUCCEEDED' ? 'refunded' : 'refundable';
    await transact(this.client, [
      this.book(orderId, {
        UpdateExpression: `SET ${counter} = if_not_exists(${counter}, :none) + :amount ADD version :one`,
        ExpressionAttributeValues: { ':amount': amount, ':none': 0, ':one': 1 },
      }),
      {
        Update: {
          TableName: this.table,
          Key: { orderId, sk: refundKey(id) },
          UpdateExpression: 'SET #status = :end, settledAt = :at',
          ConditionExpression: '#status = :pending',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':end': end, ':pending': 'PENDING', ':at': iso(at) },
        },
      },
    ]);
  }

  private book(orderId: string, change: Omit<NonNullable<Write['Update']>, 'TableName' | 'Key'>): Write {
    return { Update: { TableName: this.table, Key: { orderId, sk: PAYMENT }, ...change } };
  }
}
