import { randomBytes } from 'node:crypto';
import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { epochSeconds } from '../../../shared/kernel/time';
import {
  type Audience,
  audienceKey,
  audienceOf,
  CONNECTION_LIFE,
  type Connection,
  MOST_CONNECTIONS,
  MOST_FRAMES,
  ticketHash,
} from '../domain/connection';
import type { Connections, Tickets } from '../ports/live';

const ticketKey = (ticket: string) => ({ id: `ticket#${ticketHash(ticket)}` });
const PREFIX = 'connection#';
const connectionKey = (id: string) => ({ id: `${PREFIX}${id}` });

interface Row {
  id: string;
  audience: string;
  openedAt: string;
  minute: number;
}

const isConditionFailed = (error: unknown): error is { Item?: Parameters<typeof unmarshall>[0] } =>
  (error as Error).name === 'ConditionalCheckFailedException';

/** Tickets and connections in one table. A ticket has no `openedAt`, so the index `byAudience` holds connections alone. */
export class DynamodbLive implements Tickets, Connections {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async issue(audience: Audience, expiresAt: number): Promise<string> {
    const ticket = randomBytes(32).toString('base64url');
    const ttl = epochSeconds(expiresAt);
    const Item = { ...ticketKey(ticket), audience: audienceKey(audience), expiresAt, ttl };
    await this.client.send(new PutCommand({ TableName: this.table, Item }));
    return ticket;
  }

  async take(ticket: string, now: number): Promise<Audience | undefined> {
    try {
      const { Attributes } = await this.client.send(
        new DeleteCommand({
          TableName: this.table,
          Key: ticketKey(ticket),
          ConditionExpression: 'expiresAt > :now',
          ExpressionAttributeValues: { ':now': now },
          ReturnValues: 'ALL_OLD',
        }),
      );
      return Attributes && audienceOf((Attributes as Row).audience);
    } catch (error) {
      if (isConditionFailed(error)) return undefined;
      throw error;
    }
  }

  async open({ id, audience, openedAt }: Connection): Promise<void> {
    const ttl = epochSeconds(Date.parse(openedAt) + CONNECTION_LIFE);
    const Item = { ...connectionKey(id), audience, openedAt, ttl };
    await this.client.send(new PutCommand({ TableName: this.table, Item }));
  }

  async forget(id: string): Promise<void> {
    await this.client.send(new DeleteCommand({ TableName: this.table, Key: connectionKey(id) }));
  }

  async of(audience: Audience, openedSince: string): Promise<Connection[]> {
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        IndexName: 'byAudience',
        KeyConditionExpression: 'audience = :audience AND openedAt > :since',
        ExpressionAttributeValues: { ':audience': audienceKey(audience), ':since': openedSince },
        ScanIndexForward: false,
        // Twice the bound: connections that open at the same moment see nothing of each other.
        Limit: 2 * MOST_CONNECTIONS,
      }),
    );
    return (Items as Row[]).map(({ id, audience: key, openedAt }) => ({
      id: id.slice(PREFIX.length),
      audience: key,
      openedAt,
    }));
  }

  async hear(id: string, minute: number): Promise<{ audience: Audience } | 'UNKNOWN' | 'TOO_MANY'> {
    const counted = await this.count(id, minute, 'SET frames = frames + :one', 'frames < :most');
    if (counted !== 'OTHER_MINUTE') return counted;
    const first = await this.count(id, minute, 'SET #minute = :minute, frames = :one');
    return first === 'OTHER_MINUTE' ? 'TOO_MANY' : first;
  }

  private async count(
    id: string,
    minute: number,
    update: string,
    bound?: string,
  ): Promise<{ audience: Audience } | 'UNKNOWN' | 'TOO_MANY' | 'OTHER_MINUTE'> {
    const condition = bound
      ? `#minute = :minute AND ${bound}`
      : 'attribute_exists(id) AND (attribute_not_exists(#minute) OR #minute < :minute)';
    try {
      const { Attributes } = await this.client.send(
        new UpdateCommand({
          TableName: this.table,
          Key: connectionKey(id),
          UpdateExpression: update,
          ConditionExpression: condition,
          ExpressionAttributeNames: { '#minute': 'minute' },
          ExpressionAttributeValues: { ':minute': minute, ':one': 1, ...(bound && { ':most': MOST_FRAMES }) },
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { audience: audienceOf((Attributes as Row).audience) };
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
      if (!error.Item) return 'UNKNOWN';
      return (unmarshall(error.Item) as Row).minute === minute ? 'TOO_MANY' : 'OTHER_MINUTE';
    }
  }
}
