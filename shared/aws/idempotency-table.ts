import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type IdempotentRequest, REPLAY_WINDOW, type Reply } from '../kernel/idempotency';
import { type Refusal, refuse } from '../kernel/refusal';
import { epochSeconds } from '../kernel/time';
import type { DocumentClient } from './dynamodb';
import type { Write } from './transaction';

/** Short names: the record is written with every order and a write unit is a kilobyte. */
interface Row {
  pk: string;
  fingerprint: string;
  status: number;
  headers: Record<string, string>;
  body: string;
  expiresAt: number;
  ttl: number;
}

/** The committed replies of mutating requests, in the table that all services share (docs/rules.md, 1). */
export class IdempotencyTable {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  /** The write that takes the key, to go first into the transaction that makes the effect. */
  record(request: IdempotentRequest, reply: Reply, now: number): Write {
    const expiresAt = now + REPLAY_WINDOW;
    const row: Row = {
      pk: request.recordKey,
      fingerprint: request.fingerprint,
      status: reply.status,
      headers: reply.headers,
      body: reply.body,
      expiresAt,
      ttl: epochSeconds(expiresAt),
    };
    return {
      Put: {
        TableName: this.table,
        Item: row,
        ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
        ExpressionAttributeValues: { ':now': now },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    };
  }

  /** The stored reply of this very request, a refusal when the key was used for another, undefined when it is free. */
  async find(request: IdempotentRequest, now: number): Promise<Reply | Refusal | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.table, Key: { pk: request.recordKey }, ConsistentRead: true }),
    );
    return Item && (Item as Row).expiresAt > now ? replay(Item, request) : undefined;
  }
}

/** What a row that stood in the way means for this request. */
export function replay(found: Record<string, unknown>, request: IdempotentRequest): Reply | Refusal {
  const row = found as unknown as Row;
  if (row.fingerprint !== request.fingerprint) {
    return refuse(
      'IDEMPOTENCY_KEY_REUSED',
      'This Idempotency-Key was used for another request within 24 hours.',
    );
  }
  return { status: row.status, headers: { ...row.headers, 'idempotent-replayed': 'true' }, body: row.body };
}
