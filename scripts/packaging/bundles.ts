import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { entriesOf } from './zip-entries.cjs';

interface Bundle {
  handler: string;
  zip: string;
}

/** The zips made so far in this run, by function key; a later stage takes those whose handler is the same. */
export class Bundles {
  readonly #made = new Map<string, Bundle>();

  /** Lays what is there into the folder of the next stage. @returns what to tell esbuild-config.cjs */
  layInto(folder: string): { ORDERLY_BUNDLES?: string } {
    mkdirSync(folder, { recursive: true });
    for (const { zip } of this.#made.values()) copyFileSync(zip, join(folder, basename(zip)));
    const handlers = [...this.#made].map(([key, { handler }]) => [key, handler]);
    return handlers.length > 0 ? { ORDERLY_BUNDLES: JSON.stringify(Object.fromEntries(handlers)) } : {};
  }

  /** Remembers the zips of a packaged stage, and removes those that its functions do not use. */
  takeFrom(folder: string): void {
    const used = functionsOf(folder);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.zip'))) {
      const key = basename(file, '.zip');
      const handler = used.get(key);
      if (!handler) rmSync(join(folder, file));
      else if (isPortable(join(folder, file))) this.#made.set(key, { handler, zip: join(folder, file) });
    }
  }
}

/** One with a binary in it is good for the stages of one machine alone. */
const isPortable = (zip: string): boolean => !entriesOf(zip).some(({ name }) => name.endsWith('.node'));

function functionsOf(folder: string): Map<string, string> {
  const templates = readdirSync(folder).filter((name) => /^cloudformation-template-.*\.json$/.test(name));
  const resources = templates.flatMap((name) =>
    Object.values<{ Type: string; Properties: { Code: { S3Key: string }; Handler: string } }>(
      JSON.parse(readFileSync(join(folder, name), 'utf8')).Resources,
    ),
  );
  return new Map(
    resources
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties: { Code, Handler } }) => [basename(Code.S3Key, '.zip'), Handler]),
  );
}
