import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { Contention } from '../../../shared/aws/transaction';
import { type Clock, DAY, iso } from '../../../shared/kernel/time';
import type { Decision, Entry } from '../domain/entry';
import type { Ledger, Selection } from '../ports/ledger';
import { daysBuckets, KEPT_DAYS, type Row, toEntry, toRow } from './ledger-row';

/** Enough for a hundred arrivals of one key at once: each lost race means that another one has won. */
const TRIES = 25;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * 40));

/** The ledger in DynamoDB: one row a key, changed under its version. */
export class DynamodbLedger implements Ledger {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
    private readonly clock: Clock = Date.now,
  ) {}

  async find(id: string): Promise<Entry | undefined> {
    const row = await this.row(id);
    return row && toEntry(row);
  }

  async change<Answer, D extends Decision<Answer>>(
    id: string,
    decide: (found: Entry | undefined) => D,
  ): Promise<D> {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const row = await this.row(id);
      const decision = decide(row && toEntry(row));
      if (!decision.entry || (await this.store(decision.entry, row?.version ?? 0))) return decision;
      await pause();
    }
    throw new Contention('Other requests for the same charge kept winning');
  }

  async ofReference(reference: string, { after = '0', limit }: Selection): Promise<Entry[]> {
    return this.query({
      IndexName: 'byReference',
      KeyConditionExpression: '#reference = :value AND #sort > :after',
      ExpressionAttributeNames: { '#reference': 'reference', '#sort': 'sort' },
      ExpressionAttributeValues: { ':value': reference, ':after': after },
      Limit: limit,
    });
  }

  /** Day by day, each day's buckets at once, until the page is full. */
  async since(time: number, now: number, { after, limit }: Selection): Promise<Entry[]> {
    const start = Math.max(time, now - KEPT_DAYS * DAY);
    const from = after ?? iso(Math.min(start, now));
    const found: Entry[] = [];
    for (let day = Date.parse(from.slice(0, 10)); day <= now && found.length < limit; day += DAY) {
      const buckets = await Promise.all(
        daysBuckets(iso(day).slice(0, 10)).map((bucket) =>
          this.query({
            IndexName: 'byDay',
            KeyConditionExpression: '#day = :value AND #sort > :after',
            ExpressionAttributeNames: { '#day': 'day', '#sort': 'sort' },
            ExpressionAttributeValues: { ':value': bucket, ':after': from },
            Limit: limit,
          }),
        ),
      );
      found.push(...buckets.flat().sort(byTime));
    }
    return found.slice(0, limit);
  }

  private async row(id: string): Promise<Row | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.table, Key: { id }, ConsistentRead: true }),
    );
    return Item as Row | undefined;
  }

  /** False when the row is no longer the one that was decided upon. */
  private async store(entry: Entry, seen: number): Promise<boolean> {
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.table,
          Item: toRow(entry, seen + 1, this.clock()),
          ConditionExpression: seen === 0 ? 'attribute_not_exists(id)' : '#version = :seen',
          ExpressionAttributeNames: seen === 0 ? undefined : { '#version': 'version' },
          ExpressionAttributeValues: seen === 0 ? undefined : { ':seen': seen },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  private async query(query: Omit<QueryCommandInput, 'TableName'>): Promise<Entry[]> {
    const { Items = [] } = await this.client.send(new QueryCommand({ TableName: this.table, ...query }));
    return Items.map(toEntry);
  }
}

const position = ({ id, charge }: Entry): string => `${charge?.createdAt}#${id}`;

const byTime = (a: Entry, b: Entry): number => (position(a) < position(b) ? -1 : 1);
