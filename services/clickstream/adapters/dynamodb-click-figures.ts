import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { DAY, iso } from '../../../shared/kernel/time';
import type { Dimension } from '../domain/cell';
import { type Figures, newestFirst, type Range } from '../domain/view';
import type { ClickFigures } from '../ports/clicks';
import { BUCKETS, clockOf, dayPartition, OWN, sortPrefix } from './count-row';

type Row = Record<string, unknown> & { minute: string; key: string };
type Last = Omit<Figures, 'counts'>;

/** Before and behind every sort key of a day; the second also behind those of a minute. */
const START = '0';
const END = '~';

const dayOf = (minute: string): string => minute.slice(0, 10);

const countsOf = (row: Row): [string, number][] =>
  Object.entries(row).flatMap(([name, value]): [string, number][] =>
    OWN.includes(name) ? [] : [[name, Number(value)]],
  );

function addTo(sums: Map<string, Figures>, row: Row): void {
  const name = `${row.minute}\n${row.key}`;
  const found = sums.get(name) ?? { minute: row.minute, key: row.key, counts: {} };
  for (const [what, many] of countsOf(row)) found.counts[what] = (found.counts[what] ?? 0) + many;
  sums.set(name, found);
}

/** Days of the range, the last one first. */
function daysOf({ from, to }: Range): string[] {
  const first = Date.parse(dayOf(from));
  const count = (Date.parse(dayOf(to)) - first) / DAY + 1;
  return Array.from({ length: count }, (_, index) => dayOf(iso(first + index * DAY))).reverse();
}

/** Sums what the shards counted; a minute's key lies in one partition, so its shards stand side by side. */
export class DynamoDbClickFigures implements ClickFigures {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async page(dimension: Dimension, range: Range, limit: number, before?: Last): Promise<Figures[]> {
    const found: Figures[] = [];
    const to = before && before.minute < range.to ? before.minute : range.to;
    if (to < range.from) return [];
    for (const day of daysOf({ from: range.from, to })) {
      const buckets = await Promise.all(
        Array.from({ length: BUCKETS }, (_, bucket) =>
          this.bucket({ dimension, day, bucket }, { from: range.from, to }, limit, before),
        ),
      );
      found.push(...buckets.flat().sort(newestFirst));
      if (found.length >= limit) break;
    }
    return found.slice(0, limit);
  }

  private async bucket(
    { dimension, day, bucket }: { dimension: Dimension; day: string; bucket: number },
    { from, to }: Range,
    limit: number,
    before: Last | undefined,
  ): Promise<Figures[]> {
    const sums = new Map<string, Figures>();
    const last = before?.minute === to ? sortPrefix(to, before.key) : clockOf(to) + END;
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.client.send(
        new QueryCommand({
          TableName: this.table,
          KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
          ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
          ExpressionAttributeValues: {
            ':pk': dayPartition(dimension, day, bucket),
            ':from': day === dayOf(from) ? clockOf(from) : START,
            ':to': day === dayOf(to) ? last : END,
          },
          ConsistentRead: true,
          ScanIndexForward: false,
          ExclusiveStartKey: start,
        }),
      );
      for (const row of Items as Row[]) addTo(sums, row);
      // The last may go on behind the page of DynamoDB, so one more than asked for has to be there.
      start = sums.size > limit ? undefined : LastEvaluatedKey;
    } while (start);
    return [...sums.values()].slice(0, limit);
  }
}
