import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { filesIn, nodesOf, read, root } from './source';

const FOLDERS = ['services', 'shared', 'events'];
const NODE = join(root, 'node_modules/.bin/node');
const CRUISER = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

interface Cruise {
  modules: { source: string; dependencies: { module: string }[] }[];
  summary: { violations: { rule: { name: string }; from: string; to: string }[] };
}

function cruise(cwd: string): Cruise {
  const config = join(root, '.dependency-cruiser.cjs');
  const args = [CRUISER, '--config', config, '--output-type', 'json', ...FOLDERS];
  const { stdout, stderr } = spawnSync(NODE, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser said: ${stderr}${stdout}`);
  return JSON.parse(stdout);
}

const broken = ({ summary }: Cruise): string[] =>
  summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);

describe('the import law', () => {
  const found = cruise(root);

  it('is kept by services, shared and events', () => {
    expect(broken(found)).toEqual([]);
  });

  it('was read from every file and every import, those of types too', () => {
    const seen = new Map(
      found.modules.map(({ source, dependencies }) => [source, dependencies.map(({ module }) => module)]),
    );
    const missed = filesIn(FOLDERS, '.ts').flatMap((file) => {
      const imported = [...nodesOf(read(file))].flatMap(({ type, source }) =>
        /^(Import|ExportNamed|ExportAll)Declaration$/.test(type) && source
          ? [source.value.replace('node:', '') as string]
          : [],
      );
      return imported
        .filter((module) => !seen.get(file)?.includes(module))
        .map((module) => `${file} → ${module}`);
    });
    expect(missed).toEqual([]);
  });

  it('has no way around it: no require, and no type named by its path', () => {
    const around = filesIn(FOLDERS, '.ts').filter((file) =>
      [...nodesOf(read(file))].some(
        ({ type, callee }) =>
          type === 'TsImportType' || (type === 'CallExpression' && callee?.value === 'require'),
      ),
    );
    expect(around).toEqual([]);
  });
});

/** One forbidden import each: the rule that sees it, the file that does it, what it imports. */
const CRIMES: [rule: string, from: string, to: string][] = [
  ['domain-imports', 'services/orders/domain/a', 'services/orders/use-cases/z'],
  ['domain-imports', 'services/orders/domain/a', 'shared/lambda/z'],
  ['ports-imports', 'services/orders/ports/a', 'services/orders/adapters/z'],
  ['use-cases-imports', 'services/orders/use-cases/a', 'services/orders/adapters/z'],
  ['use-cases-imports', 'services/orders/use-cases/a', 'shared/aws/z'],
  ['adapters-imports', 'services/orders/adapters/a', 'services/orders/use-cases/z'],
  ['handlers-imports', 'services/orders/handlers/a', 'services/orders/handlers/z'],
  ['handlers-imports', 'services/orders/handlers/a', 'services/orders/domain/z'],
  ['api-imports', 'services/orders/api', 'shared/lambda/z'],
  ['api-imports', 'services/orders/api/a', 'services/orders/use-cases/z'],
  ['events-import-kernel-alone', 'events/a', 'shared/lambda/z'],
  ['kernel-is-pure', 'shared/kernel/a', 'shared/aws/z'],
  ['shared-knows-no-business', 'shared/lambda/a', 'events/z'],
  ['no-service-imports-another', 'services/orders/adapters/a', 'services/inventory/domain/z'],
  ['domain-needs-nothing', 'services/orders/domain/a', 'node:fs'],
  ['domain-needs-nothing', 'services/orders/use-cases/a', '@aws-sdk/client-dynamodb'],
  ['kernel-needs-little', 'shared/kernel/a', 'pino'],
  ['middy-in-shared-lambda-alone', 'services/orders/handlers/a', '@middy/core'],
  ['handlers-use-no-sdk', 'services/orders/handlers/a', '@aws-sdk/client-dynamodb'],
  ['no-dev-dependency-in-a-function', 'services/orders/adapters/a', 'fast-check'],
  ['every-import-resolves', 'services/orders/adapters/a', './not-there'],
];

const isOurs = (path: string) => /^(services|shared|events)\//.test(path);

/** A file of its own for each crime, so that one run judges them all. */
const culprit = (from: string, index: number) => (from.endsWith('/api') ? from : `${from}${index}`);

function commit(folder: string): void {
  const write = (file: string, text: string) => {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  CRIMES.forEach(([, from, to], index) => {
    const up = '../'.repeat(from.split('/').length - 1);
    if (isOurs(to)) write(`${to}.ts`, 'export interface Z { z: 1 }\n');
    write(
      `${culprit(from, index)}.ts`,
      `import type { Z } from '${isOurs(to) ? up + to : to}';\nexport type A = Z;\n`,
    );
  });
  write('shared/kernel/one.ts', "import type { Two } from './two';\nexport interface One { two: Two }\n");
  write('shared/kernel/two.ts', "import type { One } from './one';\nexport interface Two { one: One }\n");
}

describe('a broken law is seen', () => {
  let seen: string[] = [];

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'orderly-law-'));
    for (const kept of ['package.json', 'node_modules']) symlinkSync(join(root, kept), join(folder, kept));
    commit(folder);
    seen = broken(cruise(folder));
    rmSync(folder, { recursive: true });
  });

  it.each(CRIMES.map((crime, index) => [...crime, index] as const))(
    '%s, from %s to %s',
    (rule, from, _to, index) => {
      expect(seen.filter((line) => line.startsWith(`${rule}: ${culprit(from, index)}.ts`))).not.toEqual([]);
    },
  );

  it('no-cycles, of types alone too', () => {
    expect(seen).toContain('no-cycles: shared/kernel/one.ts → shared/kernel/two.ts');
  });
});
