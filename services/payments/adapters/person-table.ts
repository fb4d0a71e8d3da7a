import { DeleteCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { ErasesRefundReasons, PaymentFile, ReadsPaymentFiles } from '../ports/person';

type Row = Record<string, unknown>;

/** The rows of an order's payment, as they are told to its customer and freed of them. */
export class PersonTable implements ReadsPaymentFiles, ErasesRefundReasons {
  constructor(
    private readonly client: DocumentClient,
    private readonly tables: { payments: string; idempotency?: string },
  ) {}

  async fileOf(orderId: string): Promise<PaymentFile> {
    const rows = await this.rowsOf(orderId);
    return rows.map(({ replyKey: _, ...row }) => row);
  }

  async isOpen(orderId: string): Promise<boolean> {
    const rows = await this.rowsOf(orderId);
    return rows.some(({ sk, status }) => String(sk).startsWith('refund#') && status === 'PENDING');
  }

  async eraseReasons(orderId: string): Promise<void> {
    const rows = await this.rowsOf(orderId);
    const told = rows.filter(({ reason, replyKey }) => reason !== undefined || replyKey !== undefined);
    await Promise.all(told.map((row) => this.eraseReason(row)));
  }

  /** The stored reply first: the row is what knows it. */
  private async eraseReason({ orderId, sk, replyKey }: Row): Promise<void> {
    if (replyKey !== undefined) {
      await this.client.send(
        new DeleteCommand({ TableName: this.tables.idempotency, Key: { pk: replyKey } }),
      );
    }
    await this.client.send(
      new UpdateCommand({
        TableName: this.tables.payments,
        Key: { orderId, sk },
        UpdateExpression: 'REMOVE reason, replyKey',
        ConditionExpression: 'attribute_exists(sk)',
      }),
    );
  }

  private async rowsOf(orderId: string): Promise<Row[]> {
    const rows: Row[] = [];
    let ExclusiveStartKey: Row | undefined;
    do {
      const page = await this.client.send(
        new QueryCommand({
          TableName: this.tables.payments,
          KeyConditionExpression: 'orderId = :order',
          ExpressionAttributeValues: { ':order': orderId },
          ConsistentRead: true,
          ExclusiveStartKey,
        }),
      );
      rows.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return rows;
  }
}
