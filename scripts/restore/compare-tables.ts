import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  type AttributeValue,
  DescribeTableCommand,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';

type Row = Record<string, AttributeValue>;

export interface Difference {
  rows: number;
  restoredRows: number;
  /** By the keys of the rows. */
  missing: string[];
  added: string[];
  changed: string[];
}

/** The order of attributes is no difference. */
const canonical = (row: Row): string =>
  JSON.stringify(row, (_key, value) =>
    value && typeof value === 'object' && !Array.isArray(value) && !ArrayBuffer.isView(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

const digest = (row: Row): string => createHash('sha256').update(canonical(row)).digest('base64url');

async function keyNames(client: DynamoDBClient, TableName: string): Promise<string[]> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return (Table?.KeySchema ?? []).map(({ AttributeName = '' }) => AttributeName);
}

/** Of each row a digest under its key: a million rows take some 150 MB. */
async function digests(
  client: DynamoDBClient,
  TableName: string,
  names: string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    for (const row of Items as Row[]) {
      const key = names.map((name) => Object.values(row[name] ?? {})[0]).join(' ');
      found.set(key, digest(row));
    }
  }
  return found;
}

/** Row by row, all of both. @throws Error when they are not tables of one kind */
export async function compareTables(
  client: DynamoDBClient,
  original: string,
  restored: string,
): Promise<Difference> {
  const names = await keyNames(client, original);
  if (!isDeepStrictEqual(names, await keyNames(client, restored)))
    throw new Error(`${original} and ${restored} have other keys`);
  const [before, after] = [await digests(client, original, names), await digests(client, restored, names)];
  const both = [...before].filter(([key]) => after.has(key));
  return {
    rows: before.size,
    restoredRows: after.size,
    missing: [...before.keys()].filter((key) => !after.has(key)),
    added: [...after.keys()].filter((key) => !before.has(key)),
    changed: both.filter(([key, value]) => after.get(key) !== value).map(([key]) => key),
  };
}
