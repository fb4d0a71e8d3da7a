import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { auditWrite } from '../../../shared/aws/audit-log';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { type IdempotencyTable, replay } from '../../../shared/aws/idempotency-table';
import { transact, type Write } from '../../../shared/aws/transaction';
import { iso, SECOND } from '../../../shared/kernel/time';
import type { Endpoint } from '../domain/webhook';
import type { Act, AnswerTo, Committed, Endpoints } from '../ports/webhooks';

/** All endpoints lie in one partition, since there are at most fifty and each event asks for all of them. */
const LIST = 'all';

/** An event may be sent by a list this old: one that comes after an endpoint was made may miss it that long. */
const FRESH = 5 * SECOND;

type Row = Endpoint & { pk: string };

const toEndpoint = ({ pk: _, ...endpoint }: Row): Endpoint => endpoint;

const ignoreCondition = (error: unknown): void => {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
};

export class DynamoDbEndpoints implements Endpoints {
  private kept: { endpoints: Endpoint[]; until: number } | undefined;

  constructor(
    private readonly client: DocumentClient,
    private readonly tables: { endpoints: string; audit?: string },
    private readonly idempotency?: IdempotencyTable,
  ) {}

  /** What was read a moment ago serves the next event too. */
  async recent(now = Date.now()): Promise<Endpoint[]> {
    if (!this.kept || this.kept.until <= now) this.kept = { endpoints: await this.all(), until: now + FRESH };
    return this.kept.endpoints;
  }

  async all(): Promise<Endpoint[]> {
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.tables.endpoints,
        KeyConditionExpression: 'pk = :all',
        ExpressionAttributeValues: { ':all': LIST },
        ConsistentRead: true,
      }),
    );
    return (Items as Row[]).map(toEndpoint);
  }

  async find(id: string): Promise<Endpoint | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.tables.endpoints, Key: { pk: LIST, id }, ConsistentRead: true }),
    );
    return Item && toEndpoint(Item as Row);
  }

  async create(endpoint: Endpoint, { request, reply }: AnswerTo, act: Act): Promise<Committed> {
    const record = this.idempotency?.record(request, reply, act.at);
    const written = await transact(this.client, [
      ...(record ? [record] : []),
      {
        Put: {
          TableName: this.tables.endpoints,
          Item: { ...endpoint, pk: LIST },
          ConditionExpression: 'attribute_not_exists(id)',
        },
      },
      this.audit('create-webhook-endpoint', endpoint.id, act),
    ]);
    if (written.committed) return { done: true };
    const [first] = written.hindrances;
    return { done: false, answer: first?.index === 0 && first.row ? replay(first.row, request) : undefined };
  }

  async save(endpoint: Endpoint, act: Act): Promise<boolean> {
    const put: Write = {
      Put: {
        TableName: this.tables.endpoints,
        Item: { ...endpoint, pk: LIST },
        ConditionExpression: 'version = :before',
        ExpressionAttributeValues: { ':before': endpoint.version - 1 },
      },
    };
    const audit = this.audit('change-webhook-endpoint', endpoint.id, act, { status: endpoint.status });
    return (await transact(this.client, [put, audit])).committed;
  }

  async remove({ id, version }: Endpoint, act: Act): Promise<boolean> {
    const remove: Write = {
      Delete: {
        TableName: this.tables.endpoints,
        Key: { pk: LIST, id },
        ConditionExpression: 'version = :before',
        ExpressionAttributeValues: { ':before': version },
      },
    };
    return (await transact(this.client, [remove, this.audit('delete-webhook-endpoint', id, act)])).committed;
  }

  async countFailure(id: string): Promise<number> {
    const { Attributes } = (await this.update(id, 'ADD failures :one', { ':one': 1 })) ?? {};
    return Number(Attributes?.failures ?? 0);
  }

  async forgetFailures(id: string): Promise<void> {
    await this.update(id, 'SET failures = :none', { ':none': 0 });
  }

  async disable(id: string, because: string, at: number): Promise<void> {
    await this.update(
      id,
      'SET #status = :off, disabledBecause = :because, updatedAt = :at ADD version :one',
      { ':off': 'disabled', ':on': 'enabled', ':because': because, ':at': iso(at), ':one': 1 },
      '#status = :on',
    );
  }

  private async update(id: string, UpdateExpression: string, values: object, condition?: string) {
    return this.client
      .send(
        new UpdateCommand({
          TableName: this.tables.endpoints,
          Key: { pk: LIST, id },
          UpdateExpression,
          ConditionExpression: condition ?? 'attribute_exists(id)',
          ExpressionAttributeNames: condition ? { '#status': 'status' } : undefined,
          ExpressionAttributeValues: values as Record<string, unknown>,
          ReturnValues: 'ALL_NEW',
        }),
      )
      .catch((error: unknown) => {
        ignoreCondition(error);
        return undefined;
      });
  }

  private audit(action: string, target: string, act: Act, detail?: Record<string, string>): Write {
    return auditWrite(this.tables.audit ?? '', { ...act, action, target, detail });
  }
}
