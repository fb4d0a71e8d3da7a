import { type BatchGetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tenThousand } from '../../scripts/search/ten-thousand';
import { DynamoDbProductSearch } from '../../services/inventory/adapters/dynamodb-product-search';
import { type Search, searchFor } from '../../services/inventory/domain/search';
import type { DocumentClient } from '../../shared/aws/dynamodb';

const products = tenThousand();
const byId = new Map(products.map((product) => [product.id, product]));

interface Row {
  token: string;
  id: string;
  tokens: string[];
}

/** Rows of a token, newest first, as the table keeps them. */
const partitions = new Map<string, Row[]>();
for (const { id, tokens } of products.toReversed())
  for (const token of tokens)
    partitions.set(token, [...(partitions.get(token) ?? []), { token, id, tokens }]);

/** Query as DynamoDB does it: at most `Limit` rows are looked at, those that do not fit are left out of the answer. */
function query({ ExpressionAttributeValues: values = {}, Limit = 0 }: QueryCommand['input']) {
  const behind = (partitions.get(values[':by']) ?? []).filter(
    ({ id }) => !values[':before'] || id < values[':before'],
  );
  const seen = behind.slice(0, Limit);
  const and = Object.entries(values).flatMap(([name, token]) => (name.startsWith(':and') ? [token] : []));
  return {
    Items: seen.filter(({ tokens }) => and.every((token) => tokens.includes(token))),
    LastEvaluatedKey: seen.length < behind.length ? seen.at(-1) : undefined,
  };
}

const calls: string[] = [];
const client = {
  async send(command: QueryCommand | BatchGetCommand) {
    calls.push(command.constructor.name);
    if (command instanceof QueryCommand) return query(command.input);
    const [keys] = Object.values(command.input.RequestItems ?? {}).map(({ Keys = [] }) => Keys);
    return { Responses: { products: keys?.flatMap(({ id }) => byId.get(id) ?? []) } };
  },
} as unknown as DocumentClient;

const search = new DynamoDbProductSearch(client, { products: 'products', words: 'words' });

async function pages(asked: Search, limit: number): Promise<string[][]> {
  const found: string[][] = [];
  let after: string | undefined;
  do {
    const page = await search.search(asked, limit, after);
    found.push(page.products.map(({ id }) => id));
    after = page.next;
  } while (after);
  return found;
}

test.each([
  [{ q: 'Colour7' }, 100, 5],
  [{ q: 'colour7 thing42' }, 1, 1],
  [{ q: 'THING42', category: 'shelf 7' }, 10, 1],
  [{ category: 'Shelf 3' }, 1000, 50],
  [{ q: 'nothing' }, 0, 1],
])(
  'among ten thousand products %j finds its %i, newest first, in %i pages of one Query',
  async (asked, count, most) => {
    calls.length = 0;
    const fits = searchFor(asked) as Search;
    const found = await pages(fits, 20);
    const wanted = products
      .filter(({ tokens }) => [fits.by, ...fits.and].every((token) => tokens.includes(token)))
      .map(({ id }) => id)
      .toReversed();
    expect(wanted).toHaveLength(count);
    expect(found.flat()).toEqual(wanted);
    expect(found).toHaveLength(most);
    expect(found.every((page) => page.length <= 20)).toBe(true);
    expect(calls.filter((call) => call === 'QueryCommand')).toHaveLength(most);
  },
);
