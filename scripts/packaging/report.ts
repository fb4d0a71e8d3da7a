import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What `npm run package` prints of one stage: each stack with its number of resources, each function with its zip. */
export function report(folder: string): string {
  const files = readdirSync(folder).sort();
  const stacks = files.flatMap((file) => {
    const name = stackOfFile(file);
    if (!name) return [];
    const { Resources, Parameters = {} } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    return [[name, `${count(Resources)} resources`, `${count(Parameters)} parameters`]];
  });
  const zips = files
    .filter((file) => file.endsWith('.zip'))
    .map((file) => [file.replace('.zip', ''), kibibytes(statSync(join(folder, file)).size)]);
  return `${table(stacks)}\n\n${table(zips)}`;
}

function stackOfFile(file: string): string | undefined {
  if (file === 'cloudformation-template-update-stack.json') return '(root)';
  return /^cloudformation-template-(\w+)-nested-stack\.json$/.exec(file)?.[1];
}

const count = (things: object): number => Object.keys(things).length;

const kibibytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KiB`;

/** First column to the left, the others to the right. */
function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: string[]) =>
    row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
  return rows.map((row) => `    ${line(row).join('   ')}`).join('\n');
}
