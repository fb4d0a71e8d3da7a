import { readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { root } from '../local/paths';
import { Problem, run } from '../local/problem';
import { readRunningStack } from '../local/running-stack';
import { withBuildFolders } from '../packaging/build-lock';
import { type Invoked, invokeLocal } from './invoke-local';

const SAMPLES = join(root, 'events/samples');

/** `npm run samples [-- <part of a name>…]`: every handler with its sample, on this machine, against the running stack. */
void run(async () => {
  const wanted = process.argv.slice(2);
  const files = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
    .sort();
  if (files.length === 0)
    throw new Problem(`No sample is named like ${wanted.join(', ')}.`, 'See events/samples');
  const { endpoint } = await readRunningStack();
  const failed = await withBuildFolders(() => runAll(files, endpoint));
  console.log(`\n${files.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});

async function runAll(files: string[], endpoint: string): Promise<number> {
  let failed = 0;
  for (const file of files) {
    const path = relative(root, join(SAMPLES, file));
    const invoked = await invokeLocal(basename(file).split('.')[0] ?? '', endpoint, ['-p', path]);
    if (!invoked.ok) failed += 1;
    console.log(`${invoked.ok ? '✓' : '✗'} ${file.padEnd(48)} ${summary(invoked)}`);
  }
  return failed;
}

function summary({ ok, result, output }: Invoked): string {
  if (!ok) return `\n${output}`;
  const { statusCode, outcome } = result ?? {};
  return String(statusCode ?? outcome ?? JSON.stringify(result)).slice(0, 80);
}
