import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { auditWrite } from '../../../shared/aws/audit-log';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { type IdempotencyTable, replay } from '../../../shared/aws/idempotency-table';
import { transact } from '../../../shared/aws/transaction';
import { DAY, epochSeconds } from '../../../shared/kernel/time';
import type { PersonRequest } from '../domain/person-request';
import type { Asking, MovesRequests, Opened, OpensRequests } from '../ports/person-requests';
import { fromRow, type PersonRequestRow } from './person-request-row';

/** What was erased can be shown as long as the audit log; the files of an export are gone after seven days. */
const KEPT = { ERASE: 400 * DAY, EXPORT: 8 * DAY };

const toRow = (request: PersonRequest, now: number): PersonRequestRow => ({
  ...request,
  ttl: epochSeconds(now + KEPT[request.kind]),
});

const isNext = ({ version }: PersonRequest) =>
  version === 1
    ? { ConditionExpression: 'attribute_not_exists(id)' }
    : {
        ConditionExpression: 'version = :before',
        ExpressionAttributeValues: { ':before': version - 1 },
      };

export class DynamodbPersonRequests implements OpensRequests, MovesRequests {
  constructor(
    private readonly client: DocumentClient,
    private readonly tables: { requests: string; audit?: string },
    private readonly records?: IdempotencyTable,
  ) {}

  async get(id: string): Promise<PersonRequest | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.tables.requests, Key: { id }, ConsistentRead: true }),
    );
    return Item && fromRow(Item);
  }

  async open(row: PersonRequest, { request, reply, now }: Asking): Promise<Opened> {
    const { records, tables } = this;
    if (!records || !tables.audit) throw new Error('A request without its record or its audit log');
    const result = await transact(this.client, [
      records.record(request, reply, now),
      { Put: { TableName: tables.requests, Item: toRow(row, now), ...isNext(row) } },
      auditWrite(tables.audit, {
        actor: row.requestedBy,
        action: row.kind === 'EXPORT' ? 'export-person' : 'erase-person',
        target: row.id,
        at: now,
        correlationId: row.correlationId,
      }),
    ]);
    if (result.committed) return { opened: true };
    const [first] = result.hindrances;
    return {
      opened: false,
      answer: first?.index === 0 && first.row ? replay(first.row, request) : undefined,
    };
  }

  async move(row: PersonRequest, now: number): Promise<void> {
    try {
      await this.client.send(
        new PutCommand({ TableName: this.tables.requests, Item: toRow(row, now), ...isNext(row) }),
      );
    } catch (error) {
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
    }
  }
}
