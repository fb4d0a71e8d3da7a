import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { Payment } from '../domain/payment';
import type { Refund } from '../domain/refund';
import type { AuditsPayments } from '../ports/payment-audit';
import { BookingsTable } from './bookings-table';
import { PAYMENT, paymentOf } from './payment-row';

export class PaymentAuditTable implements AuditsPayments {
  private readonly bookings: BookingsTable;

  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {
    // It books nothing, so it names no table of events.
    this.bookings = new BookingsTable(client, { payments: table, events: '' });
  }

  refunds(orderId: string): Promise<Refund[]> {
    return this.bookings.refunds(orderId);
  }

  async these(orderIds: readonly string[]): Promise<Payment[]> {
    const payments: Payment[] = [];
    let Keys = [...new Set(orderIds)].map((orderId) => ({ orderId, sk: PAYMENT }));
    while (Keys.length > 0) {
      const { Responses, UnprocessedKeys } = await this.client.send(
        new BatchGetCommand({ RequestItems: { [this.table]: { Keys, ConsistentRead: true } } }),
      );
      payments.push(...(Responses?.[this.table] ?? []).map(paymentOf));
      Keys = (UnprocessedKeys?.[this.table]?.Keys ?? []) as typeof Keys;
    }
    return payments;
  }
}
