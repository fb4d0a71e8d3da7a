import { BatchGetCommand, type BatchGetCommandInput } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MAX_KEYS = 100;

/** What DynamoDB left out is asked again at once: a page of 1 MB is never reached by rows of this size. */
const TRIES = 4;

interface Options {
  consistent?: boolean;
  only?: string[];
}

type Request = NonNullable<BatchGetCommandInput['RequestItems']>;

async function page(
  client: DocumentClient,
  table: string,
  first: Request,
): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  let request: Request | undefined = first;
  for (let tries = 0; request?.[table] && tries < TRIES; tries += 1) {
    const {
      Responses,
      UnprocessedKeys,
    }: { Responses?: Record<string, Record<string, unknown>[]>; UnprocessedKeys?: Request } =
      await client.send(new BatchGetCommand({ RequestItems: request }));
    rows.push(...(Responses?.[table] ?? []));
    request = UnprocessedKeys;
  }
  if (request?.[table]) {
    throw Object.assign(new Error(`${table} left keys out ${TRIES} times`), { name: 'ThrottlingException' });
  }
  return rows;
}

/** The rows that exist, in no order. @throws ThrottlingException when the table would not answer for all keys */
export async function batchGet(
  client: DocumentClient,
  table: string,
  keys: Record<string, string>[],
  { consistent = false, only }: Options = {},
): Promise<Record<string, unknown>[]> {
  const names = only && {
    ProjectionExpression: only.map((name) => `#${name}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(only.map((name) => [`#${name}`, name])),
  };
  const pages = Array.from({ length: Math.ceil(keys.length / MAX_KEYS) }, (_, index) =>
    keys.slice(index * MAX_KEYS, (index + 1) * MAX_KEYS),
  );
  const found = await Promise.all(
    pages.map((Keys) => page(client, table, { [table]: { Keys, ConsistentRead: consistent, ...names } })),
  );
  return found.flat();
}
