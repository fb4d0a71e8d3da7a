import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Attribute = { S?: string; N?: string };
type Item = Record<string, Attribute>;

interface Body {
  TableName: string;
  Key?: Item;
  Item?: Item;
  ConditionExpression?: string;
  ExpressionAttributeValues?: Record<string, Attribute>;
  ExpressionAttributeNames?: Record<string, string>;
  KeyConditionExpression?: string;
  Limit?: number;
}

export interface TinyDynamoDb {
  url: string;
  items: Map<string, Item>;
  /** The operations so far, `PutItem` and so on. */
  calls: string[];
  close(): Promise<void>;
}

/** The four things the sandbox asks of DynamoDB, over its own protocol: get, put under a version, query an index. */
export async function tinyDynamoDb(): Promise<TinyDynamoDb> {
  const items = new Map<string, Item>();
  const calls: string[] = [];
  const operations: Record<string, (body: Body) => unknown> = {
    GetItem: ({ Key }) => ({ Item: items.get(Key?.id?.S ?? '') }),
    PutItem: ({ Item: item = {}, ConditionExpression, ExpressionAttributeValues }) => {
      const found = items.get(item.id?.S ?? '');
      const fresh = ConditionExpression?.startsWith('attribute_not_exists');
      const free = fresh ? !found : found?.version?.N === ExpressionAttributeValues?.[':seen']?.N;
      if (!free) return undefined;
      items.set(item.id?.S ?? '', item);
      return {};
    },
    Query: ({ ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {}, Limit }) => {
      const key = Object.values(names).find((name) => name !== 'sort') ?? '';
      const found = [...items.values()]
        .filter((item) => item[key]?.S === values[':value']?.S)
        .filter((item) => (item.sort?.S ?? '') > (values[':after']?.S ?? ''))
        .sort((a, b) => ((a.sort?.S ?? '') < (b.sort?.S ?? '') ? -1 : 1))
        .slice(0, Limit);
      return { Items: found, Count: found.length };
    },
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    calls.push(operation);
    const answer = operations[operation]?.(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    response.writeHead(answer ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(
      JSON.stringify(
        answer ?? {
          __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
          message: 'The conditional request failed',
        },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    items,
    calls,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
