/** `npm run search:figures`: what a page of a search among 10,000 products costs on the running local AWS. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { searchFor } from '../../services/inventory/domain/search';
import { keys } from '../local/aws-env';
import { run } from '../local/problem';
import { readRunningStack } from '../local/running-stack';
import { withTenThousand } from './ten-thousand';

const QUESTIONS = [
  { q: 'colour7' },
  { q: 'colour7 thing42' },
  { q: 'thing42', category: 'shelf 7' },
  { category: 'shelf 3' },
];

const PAGE = 20;

/** Counts the calls of a client since it was last asked. */
function counting(client: DynamoDBClient): () => number {
  let calls = 0;
  client.middlewareStack.add(
    (next) => (args) => {
      calls += 1;
      return next(args);
    },
    { step: 'initialize', name: 'count' },
  );
  return () => {
    const used = calls;
    calls = 0;
    return used;
  };
}

const at = (times: number[], share: number): string =>
  (times.toSorted((a, b) => a - b)[Math.ceil(times.length * share) - 1] ?? 0).toFixed(1);

async function main(): Promise<undefined> {
  const { endpoint, region } = await readRunningStack();
  const client = new DynamoDBClient({ endpoint, region, credentials: { ...keys } });
  await withTenThousand(client, async (search) => {
    const used = counting(client);
    console.log(`${'question'.padEnd(40)} found  pages  calls/page  ms/page p50  p95`);
    for (const question of QUESTIONS) {
      const asked = searchFor(question);
      if (!asked) continue;
      const times: number[] = [];
      let [found, after]: [number, string | undefined] = [0, undefined];
      used();
      do {
        const started = performance.now();
        const page: Awaited<ReturnType<typeof search.search>> = await search.search(asked, PAGE, after);
        times.push(performance.now() - started);
        found += page.products.length;
        after = page.next;
      } while (after);
      const cells = [
        JSON.stringify(question).padEnd(40),
        String(found).padStart(5),
        String(times.length).padStart(6),
        (used() / times.length).toFixed(1).padStart(11),
        at(times, 0.5).padStart(12),
        at(times, 0.95).padStart(5),
      ];
      console.log(cells.join(' '));
    }
  });
}

if (require.main === module) void run(main);
