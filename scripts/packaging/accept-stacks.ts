/** `npm run templates:accept`: writes down the stack of each new logical id; a known one that moved is refused. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../local/paths';
import { Problem, run } from '../local/problem';
import { STAGES } from './stages';

const HOMES = join(root, 'test/templates/stack-of-each-resource.json');

type Homes = Record<string, string>;

function packaged(stage: string): Homes {
  const folder = join(root, '.build', stage);
  if (!existsSync(folder)) throw new Problem(`Stage ${stage} is not packaged.`, 'npm run package -- --all');
  const homes: Homes = {};
  for (const file of readdirSync(folder)) {
    const nested = /^cloudformation-template-(\w+)-nested-stack\.json$/.exec(file)?.[1];
    const stack = file === 'cloudformation-template-update-stack.json' ? 'root' : nested;
    if (!stack) continue;
    for (const id of Object.keys(JSON.parse(readFileSync(join(folder, file), 'utf8')).Resources))
      homes[id] = stack;
  }
  return homes;
}

run(async () => {
  const known: Homes = existsSync(HOMES) ? JSON.parse(readFileSync(HOMES, 'utf8')) : {};
  const now: Homes = Object.assign({}, ...STAGES.map(packaged));
  const moved = Object.keys(now).filter((id) => known[id] && known[id] !== now[id]);
  if (moved.length > 0) {
    throw new Problem(
      `In another stack than before: ${moved.map((id) => `${id} (${known[id]} → ${now[id]})`).join(', ')}.`,
      'CloudFormation would delete and make it anew. Put it back, or remove its line from the file by hand if nothing of it is deployed.',
    );
  }
  const all = { ...known, ...now };
  const sorted = Object.fromEntries(
    Object.entries(all).sort(([left], [right]) => left.localeCompare(right, 'en')),
  );
  writeFileSync(HOMES, `${JSON.stringify(sorted, null, 2)}\n`);
  console.log(
    `${Object.keys(sorted).length} logical ids, ${Object.keys(sorted).length - Object.keys(known).length} of them new`,
  );
  return 0;
});
