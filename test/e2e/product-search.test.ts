import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { withTenThousand } from '../../scripts/search/ten-thousand';
import type { DynamoDbProductSearch } from '../../services/inventory/adapters/dynamodb-product-search';
import { type Search, searchFor } from '../../services/inventory/domain/search';
import { awsClient } from '../support/aws-client';

async function pages(search: DynamoDbProductSearch, asked: Search, limit: number): Promise<string[][]> {
  const found: string[][] = [];
  let after: string | undefined;
  do {
    const { products, next } = await search.search(asked, limit, after);
    found.push(products.map(({ id }) => id));
    after = next;
  } while (after);
  return found;
}

test('among ten thousand products each question finds what it should, newest first, one Query a page', async () => {
  const dynamodb = await awsClient(DynamoDBClient);
  let queries = 0;
  await withTenThousand(dynamodb, async (search, products) => {
    dynamodb.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          if (commandName === 'QueryCommand') queries += 1;
          return next(args);
        },
      { step: 'initialize', name: 'count' },
    );
    for (const [asked, expected, most] of [
      [{ q: 'Colour7' }, 100, 5],
      [{ q: 'colour7 thing42' }, 1, 1],
      [{ q: 'THING42', category: 'shelf 7' }, 10, 1],
      [{ category: 'Shelf 3' }, 1000, 50],
      [{ q: 'nothing' }, 0, 1],
    ] as const) {
      queries = 0;
      const fits = searchFor(asked) as Search;
      const found = await pages(search, fits, 20);
      const wanted = products
        .filter(({ tokens }) => [fits.by, ...fits.and].every((token) => tokens.includes(token)))
        .map(({ id }) => id)
        .toReversed();
      expect(wanted).toHaveLength(expected);
      expect(found.flat()).toEqual(wanted);
      expect(found.every((page) => page.length <= 20)).toBe(true);
      expect(queries).toBe(found.length);
      expect(queries).toBeLessThanOrEqual(most);
    }
  });
});
