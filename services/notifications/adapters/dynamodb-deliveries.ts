import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { auditWrite } from '../../../shared/aws/audit-log';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { type IdempotencyTable, replay } from '../../../shared/aws/idempotency-table';
import { transact, type Write } from '../../../shared/aws/transaction';
import { epochSeconds } from '../../../shared/kernel/time';
import { type Attempt, DELIVERY_LIFE, type Delivery, LOGGED_ATTEMPTS } from '../domain/webhook';
import type { Act, AnswerTo, Committed, Deliveries } from '../ports/webhooks';

type Row = Delivery & { ttl: number };

const toDelivery = ({ ttl: _, ...delivery }: Row): Delivery => delivery;

const toRow = (delivery: Delivery): Row => ({
  ...delivery,
  ttl: epochSeconds(Date.parse(delivery.createdAt) + DELIVERY_LIFE),
});

/** The log of what was sent to partners: events as they were sent, and what came of each attempt. */
export class DynamoDbDeliveries implements Deliveries {
  constructor(
    private readonly client: DocumentClient,
    private readonly tables: { deliveries: string; audit?: string },
    private readonly idempotency?: IdempotencyTable,
  ) {}

  async add(delivery: Delivery): Promise<void> {
    await this.put(toRow(delivery), 'attribute_not_exists(id)');
  }

  async find(endpointId: string, id: string): Promise<Delivery | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.tables.deliveries, Key: { endpointId, id }, ConsistentRead: true }),
    );
    return Item && toDelivery(Item as Row);
  }

  async page(
    endpointId: string,
    limit: number,
    before?: string,
  ): Promise<{ deliveries: Delivery[]; last?: string }> {
    const { Items = [], LastEvaluatedKey } = await this.client.send(
      new QueryCommand({
        TableName: this.tables.deliveries,
        KeyConditionExpression: `endpointId = :endpoint${before ? ' AND id < :before' : ''}`,
        ExpressionAttributeValues: { ':endpoint': endpointId, ...(before ? { ':before': before } : {}) },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    const deliveries = (Items as Row[]).map(toDelivery);
    return { deliveries, last: LastEvaluatedKey ? deliveries.at(-1)?.id : undefined };
  }

  async record(
    before: Delivery,
    attempt: Attempt,
    { status, nextAttemptAt }: Pick<Delivery, 'status' | 'nextAttemptAt'>,
  ): Promise<void> {
    const attempts = [...before.attempts, attempt].slice(-LOGGED_ATTEMPTS);
    const row = toRow({ ...before, attempts, tries: before.tries + 1, status, nextAttemptAt });
    await this.put(row, 'run = :run AND tries = :tries', { ':run': before.run, ':tries': before.tries });
  }

  async resend(delivery: Delivery, { request, reply }: AnswerTo, act: Act): Promise<Committed> {
    const record = this.idempotency?.record(request, reply, act.at);
    const put: Write = {
      Put: {
        TableName: this.tables.deliveries,
        Item: toRow(delivery),
        ConditionExpression: 'run = :before',
        ExpressionAttributeValues: { ':before': delivery.run - 1 },
      },
    };
    const { endpointId, id } = delivery;
    const audit = auditWrite(this.tables.audit ?? '', {
      ...act,
      action: 'resend-webhook',
      target: endpointId,
      detail: { deliveryId: id, run: delivery.run },
    });
    const written = await transact(this.client, [...(record ? [record] : []), put, audit]);
    if (written.committed) return { done: true };
    const [first] = written.hindrances;
    return { done: false, answer: first?.index === 0 && first.row ? replay(first.row, request) : undefined };
  }

  private async put(Item: Row, ConditionExpression: string, values?: Record<string, unknown>): Promise<void> {
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.tables.deliveries,
          Item,
          ConditionExpression,
          ExpressionAttributeValues: values,
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
