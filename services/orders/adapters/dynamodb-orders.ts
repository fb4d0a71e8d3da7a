import { BatchGetCommand, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CloudEvent } from '../../../events/envelope';
import { auditWrite } from '../../../shared/aws/audit-log';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { type IdempotencyTable, replay } from '../../../shared/aws/idempotency-table';
import { transact, type Write } from '../../../shared/aws/transaction';
import { iso } from '../../../shared/kernel/time';
import type { Order } from '../domain/order';
import type { Run } from '../domain/run';
import type {
  AnswerTo,
  Change,
  ClaimsOrders,
  FindsOpenOrders,
  ListsOrders,
  Saved,
  SavesOrders,
  StaffAction,
} from '../ports/orders';
import { DynamodbOrderIndex } from './dynamodb-order-index';
import { toEventRow } from './event-row';
import { fromRow, OPEN_BUCKETS, type OrderRow, openBucket, toRow } from './order-row';

const PAGE = 100;

/** Orders and their events. Each function passes the tables its role may touch. */
export class DynamodbOrders implements SavesOrders, ClaimsOrders, ListsOrders, FindsOpenOrders {
  protected readonly index: DynamodbOrderIndex;

  constructor(
    protected readonly client: DocumentClient,
    private readonly tables: { orders: string; events?: string; audit?: string },
    private readonly idempotency?: IdempotencyTable,
  ) {
    this.index = new DynamodbOrderIndex(client, tables.orders);
  }

  async get(id: string): Promise<Order | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.tables.orders, Key: { id }, ConsistentRead: true }),
    );
    return Item && fromRow(Item as OrderRow);
  }

  async save(change: Change, answerTo?: AnswerTo): Promise<Saved> {
    return this.saveAll([change], answerTo);
  }

  /** All of them or none. */
  async saveAll(changes: Change[], answerTo?: AnswerTo): Promise<Saved> {
    const record = answerTo && this.idempotency?.record(answerTo.request, answerTo.reply, answerTo.now);
    const writes = [...(record ? [record] : []), ...changes.flatMap((change) => this.writesOf(change))];
    const result = await transact(this.client, writes);
    if (result.committed) return { saved: true };
    const [first] = result.hindrances;
    if (!record || !answerTo || first?.index !== 0 || !first.row) return { saved: false, stale: true };
    return { saved: false, stale: false, answer: replay(first.row, answerTo.request) };
  }

  /** Order and event: conditional on the version before, so that every change is seen by the next. */
  protected writesOf({ order, event, starts, audit }: Change): Write[] {
    const isNew = order.version === 1;
    return [
      {
        Put: {
          TableName: this.tables.orders,
          Item: toRow(order),
          ConditionExpression: isNew ? 'attribute_not_exists(id)' : 'version = :before',
          ExpressionAttributeValues: isNew ? undefined : { ':before': order.version - 1 },
        },
      },
      {
        Put: {
          TableName: this.tables.events,
          Item: toEventRow(event, order.version, starts),
          ConditionExpression: 'attribute_not_exists(orderId)',
        },
      },
      ...(audit ? [this.auditOf(audit, event)] : []),
    ];
  }

  /** @throws Error where a function lets staff act and does not name the log: a fault of the program. */
  private auditOf(audit: StaffAction, { subject, time, correlationid }: CloudEvent): Write {
    if (!this.tables.audit) throw new Error('An action of staff without its audit log');
    return auditWrite(this.tables.audit, {
      ...audit,
      target: subject,
      at: Date.parse(time),
      correlationId: correlationid,
    });
  }

  async claim(id: string, run: Run, now: number): Promise<Order | undefined> {
    try {
      const { Attributes } = await this.client.send(
        new UpdateCommand({
          TableName: this.tables.orders,
          Key: { id },
          UpdateExpression: 'SET runBy = :run, updatedAt = :at ADD version :one',
          ConditionExpression:
            'attempt = :attempt AND attribute_exists(#open) AND (attribute_not_exists(runBy) OR runBy = :run)',
          ExpressionAttributeNames: { '#open': 'open' },
          ExpressionAttributeValues: {
            ':run': run.key,
            ':attempt': run.attempt,
            ':at': iso(now),
            ':one': 1,
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return fromRow(Attributes as OrderRow);
    } catch (error) {
      if ((error as Error).name === 'ConditionalCheckFailedException') return undefined;
      throw error;
    }
  }

  async listByCustomer(
    customerId: string,
    { limit, before }: { limit: number; before?: string },
  ): Promise<{ orders: Order[]; last?: string }> {
    const { ids, more } = await this.index.ids('byCustomer', customerId, { limit, before });
    return { orders: await this.getAll(ids), last: more ? ids.at(-1) : undefined };
  }

  async *openOrders(): AsyncIterable<Order[]> {
    for (let bucket = 0; bucket < OPEN_BUCKETS; bucket += 1) {
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await this.client.send(
          new QueryCommand({
            TableName: this.tables.orders,
            IndexName: 'byOpen',
            KeyConditionExpression: '#open = :bucket',
            ExpressionAttributeNames: { '#open': 'open' },
            ExpressionAttributeValues: { ':bucket': openBucket(bucket) },
            ExclusiveStartKey,
            Limit: PAGE,
          }),
        );
        ExclusiveStartKey = page.LastEvaluatedKey;
        const orders = await this.getAll((page.Items ?? []).map(({ id }) => String(id)));
        // The index lags behind the rows: what ended since is left out.
        const open = orders.filter(({ owed }) => owed);
        if (open.length > 0) yield open;
      } while (ExclusiveStartKey);
    }
  }

  /** In the order of the ids. What a batch leaves unprocessed is asked for again. */
  protected async getAll(ids: string[]): Promise<Order[]> {
    const found = new Map<string, Order>();
    let Keys = ids.map((id) => ({ id }));
    while (Keys.length > 0) {
      const { Responses, UnprocessedKeys } = await this.client.send(
        new BatchGetCommand({ RequestItems: { [this.tables.orders]: { Keys } } }),
      );
      for (const row of Responses?.[this.tables.orders] ?? []) found.set(row.id, fromRow(row as OrderRow));
      Keys = (UnprocessedKeys?.[this.tables.orders]?.Keys ?? []) as typeof Keys;
    }
    return ids.flatMap((id) => found.get(id) ?? []);
  }
}
