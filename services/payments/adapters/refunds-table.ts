import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { transact, type Write } from '../../../shared/aws/transaction';
import { iso } from '../../../shared/kernel/time';
import type { OpenRefund, Payment } from '../domain/payment';
import { refundKey } from '../domain/payment';
import type { Refunds } from '../ports/payments';
import { PAYMENT } from './payment-row';
import { AS_SEEN, PaymentsTable } from './payments-table';

/** Refunds in DynamoDB: a row each beside their payment, changed with it in one transaction. */
export class RefundsTable implements Refunds {
  private readonly payments: PaymentsTable;

  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {
    this.payments = new PaymentsTable(client, table);
  }

  async take(payment: Payment, refund: OpenRefund, at: number): Promise<Payment> {
    return this.both(payment.orderId, [
      this.update(payment.orderId, PAYMENT, {
        UpdateExpression: 'SET refundable = refundable - :amount, refunds = :refunds, openRefund = :refund',
        ConditionExpression: `${AS_SEEN} AND refundable >= :amount AND attribute_not_exists(openRefund)`,
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':amount': refund.amount,
          ':refunds': payment.refunds + 1,
          ':refund': refund,
          ':seen': payment.state,
          ':attempt': payment.attempt,
        },
      }),
      {
        Put: {
          TableName: this.table,
          Item: {
            orderId: payment.orderId,
            sk: refundKey(refund.id),
            status: 'PENDING',
            amount: refund.amount,
            currency: payment.money.currency,
            takenAt: iso(at),
          },
          ConditionExpression: 'attribute_not_exists(sk)',
        },
      },
    ]);
  }

  async settle(payment: Payment, refund: OpenRefund, end: 'SUCCEEDED' | 'FAILED', at: number) {
    const counter = end === 'SUCCEEDED' ? 'refunded' : 'refundable';
    return this.both(payment.orderId, [
      this.update(payment.orderId, PAYMENT, {
        UpdateExpression: `SET ${counter} = if_not_exists(${counter}, :none) + :amount REMOVE openRefund`,
        ConditionExpression: 'openRefund.id = :id',
        ExpressionAttributeValues: { ':amount': refund.amount, ':none': 0, ':id': refund.id },
      }),
      this.update(payment.orderId, refundKey(refund.id), {
        UpdateExpression: 'SET #status = :end, settledAt = :at',
        ConditionExpression: '#status = :pending',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':end': end, ':pending': 'PENDING', ':at': iso(at) },
      }),
    ]);
  }

  /** Done by this call, by a lost one before it, or by another: the row says which. */
  private async both(orderId: string, writes: Write[]): Promise<Payment> {
    await transact(this.client, writes);
    return this.payments.get(orderId);
  }

  private update(
    orderId: string,
    sk: string,
    change: Omit<NonNullable<Write['Update']>, 'TableName' | 'Key'>,
  ): Write {
    return { Update: { TableName: this.table, Key: { orderId, sk }, ...change } };
  }
}
