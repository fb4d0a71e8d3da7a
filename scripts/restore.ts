import { parseArgs } from 'node:util';
import { dynamo } from './demo-data/clients';
import { checkAccount } from './local/aws-env';
import { region as defaultRegion } from './local/paths';
import { Problem, run } from './local/problem';
import { readRunningStack } from './local/running-stack';
import { compareTables } from './restore/compare-tables';
import { restoreBeside } from './restore/restore-beside';
import { switchLine } from './restore/switch-line';

const USAGE =
  'npm run restore -- --table orders [--stage dev] [--to 2030-01-01T12:00:00Z] [--compare orderly-dev-orders-restored-…]';

/**
 * `npm run restore`: brings a table back beside the original as it was at a time, compares the two row by row, and says
 * how to switch. It never touches the original. Exit code 1 where they differ.
 */
void run(async () => {
  const { stage, region, table, to, compare } = parseArgs({
    options: {
      stage: { type: 'string', default: 'local' },
      region: { type: 'string', default: defaultRegion },
      table: { type: 'string' },
      to: { type: 'string' },
      compare: { type: 'string' },
    },
  }).values;
  if (!table) throw new Problem('Which table?', USAGE);
  if (to !== undefined && Number.isNaN(Date.parse(to))) throw new Problem('There is no such time.', USAGE);
  checkAccount(stage);
  const running = stage === 'local' ? await readRunningStack() : undefined;
  const client = dynamo({ endpoint: running?.endpoint, region: running?.region ?? region });
  const source = table.startsWith('orderly-') ? table : `orderly-${stage}-${table}`;
  const target = compare ?? (await restoreBeside(client, source, to ? new Date(to) : undefined, console.log));
  const difference = await compareTables(client, source, target);
  const { rows, restoredRows, missing, added, changed } = difference;
  console.log(`${source}: ${rows} rows, ${target}: ${restoredRows}`);
  console.log(
    `not in the restored table: ${missing.length}, only there: ${added.length}, different: ${changed.length}`,
  );
  for (const key of [...missing, ...added, ...changed].slice(0, 20)) console.log(`  ${key}`);
  console.log(`\nTo use it:\n  ${await switchLine(client, stage, source, target)}`);
  return missing.length + added.length + changed.length === 0 ? 0 : 1;
});
