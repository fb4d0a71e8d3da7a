import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { root } from '../local/paths';
import { docsPage, madeOf } from './docs-page';
import { document } from './document';

/** Everything here is made at build and not kept in git: the types of the client, and what /openapi.json and /docs send. */
const folder = join(root, 'shared/client/generated');

// openapi-typescript writes through the compiler's JavaScript API, which TypeScript 7 does not have any more.
registerHooks({
  resolve: (name, context, next) => next(name === 'typescript' ? 'typescript-5' : name, context),
});

async function main(): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const openapi = await document(version);
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  const types = astToString(await openapiTS(openapi as never, { alphabetize: true }));
  mkdirSync(folder, { recursive: true });
  writeIfChanged('openapi.json', `${JSON.stringify(openapi, undefined, 1)}\n`);
  writeIfChanged('schema.ts', types);
  if (read('docs-page.json')?.includes(madeOf) !== true)
    writeIfChanged('docs-page.json', JSON.stringify(docsPage()));
}

const read = (name: string): string | undefined => {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

/** An unchanged file keeps its time, so that nothing is bundled again for it. */
function writeIfChanged(name: string, text: string): void {
  if (read(name) !== text) writeFileSync(join(folder, name), text);
}

void main();
