import { CreateTableCommand, DeleteTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { DynamoDbProductSearch } from '../../services/inventory/adapters/dynamodb-product-search';
import { toRow } from '../../services/inventory/adapters/product-row';
import { newProduct, type Product } from '../../services/inventory/domain/product';

export const PRODUCTS = 10_000;

const COLOURS = Array.from({ length: 100 }, (_, n) => `colour${n}`);
const THINGS = Array.from({ length: 100 }, (_, n) => `thing${n}`);

/** Every colour of every thing, in ten categories. */
export const tenThousand = (): Product[] =>
  Array.from({ length: PRODUCTS }, (_, n) =>
    newProduct(
      `prd_${ulid(1_800_000_000_000 + n)}`,
      {
        name: `${COLOURS[n % 100]} ${THINGS[Math.floor(n / 100)]}`,
        description: 'One of many.',
        category: `shelf ${n % 10}`,
        price: { amount: 100, currency: 'EUR' },
      },
      '2030-01-01T00:00:00.000Z',
    ),
  );

const AT_ONCE = 16;
const BATCH = 25;

async function fill(
  client: DynamoDBDocumentClient,
  table: string,
  items: Record<string, unknown>[],
): Promise<void> {
  const batches = Array.from({ length: Math.ceil(items.length / BATCH) }, (_, n) =>
    items.slice(n * BATCH, (n + 1) * BATCH),
  );
  const writer = async (): Promise<void> => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) {
      const RequestItems = { [table]: batch.map((Item) => ({ PutRequest: { Item } })) };
      await client.send(new BatchWriteCommand({ RequestItems }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, writer));
}

/** The rows of a catalogue of ten thousand in tables of its own, whose streams wake nobody. */
export async function withTenThousand<T>(
  dynamodb: DynamoDBClient,
  work: (search: DynamoDbProductSearch, products: Product[]) => Promise<T>,
): Promise<T> {
  const client = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } });
  const stamp = Date.now().toString(36);
  const tables = { products: `search-${stamp}-products`, words: `search-${stamp}-words` };
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  const make = (TableName: string, keys: ReturnType<typeof key>[]) =>
    dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: keys.map(({ AttributeName }) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: keys,
      }),
    );
  await make(tables.products, [key('id', 'HASH')]);
  await make(tables.words, [key('token', 'HASH'), key('id', 'RANGE')]);
  try {
    const products = tenThousand();
    const cause = { correlationId: 'cor_search', actor: 'system' as const };
    await fill(
      client,
      tables.products,
      products.map((product) => ({ ...toRow(product, cause) })),
    );
    await fill(
      client,
      tables.words,
      products.flatMap(({ id, tokens }) => tokens.map((token) => ({ token, id, tokens }))),
    );
    return await work(new DynamoDbProductSearch(client, tables), products);
  } finally {
    for (const TableName of Object.values(tables)) await dynamodb.send(new DeleteTableCommand({ TableName }));
  }
}
