import './test/own-folder';

import { checkNode, givenEndpoint } from './local/aws-env';
import { endOnSignals } from './local/keep-running';
import { takeLock } from './local/lock';
import { files } from './local/paths';
import { Problem, run } from './local/problem';
import { createProgress, type Progress } from './local/progress';
import { jest, listTests, npmRun } from './test/commands';
import { Tally } from './test/tally';
import { startTestStack, stopTestStack } from './test/test-stack';

const CHECKS = ['check:types', 'check:lint', 'check:architecture'];
const WITHOUT_STACK = ['unit', 'handler', 'contract', 'architecture'];

interface Run {
  args: string[];
  tally: Tally;
  progress: Progress;
  end: AbortSignal;
}

/** What a run needs beside jest; a filter ("npm test -- orders") needs only what its tests need. */
interface Needs {
  checks: boolean;
  packages: boolean;
  stack: boolean;
}

void run(async () => {
  const tally = new Tally();
  const end = endOnSignals();
  const lock = takeLock(files.lock);
  try {
    checkNode();
    if (!lock.held) {
      throw new Problem(`Another npm test (pid ${lock.owner.pid}) is running.`, 'Wait for it, or end it');
    }
    await testAll({ args: process.argv.slice(2), tally, progress: createProgress(), end });
  } catch (error) {
    if (!end.aborted) report(error, tally);
  } finally {
    if (lock.held) {
      if (!givenEndpoint) await stopTestStack();
      lock.release();
    }
  }
  if (end.aborted) tally.check('interrupted', false);
  return tally.print();
});

async function testAll(run: Run): Promise<void> {
  const { args, end } = run;
  const needs = await needsOf(args, end);
  const [, hasStack] = await Promise.all([needs.checks && checkAll(run), needs.stack && bringUpStack(run)]);
  end.throwIfAborted();
  await Promise.all([needs.packages && packageAll(run), runJest(run, WITHOUT_STACK)]);
  if (needs.packages) await runJest(run, ['templates']);
  if (!hasStack) return;
  await runJest(run, ['e2e']);
  if (givenEndpoint)
    run.progress.say('AWS_ENDPOINT_URL is set: tests that restart the local AWS are left out');
  else await runJest(run, ['e2e-alone'], ['--runInBand']);
}

async function needsOf(args: string[], end: AbortSignal): Promise<Needs> {
  if (args.length === 0) return { checks: true, packages: true, stack: true };
  const tests = await listTests(args, end);
  const some = (folder: RegExp) => tests.some((path) => folder.test(path));
  return { checks: false, packages: some(/\/test\/templates\//), stack: some(/\/test\/e2e(-alone)?\//) };
}

async function checkAll({ tally, progress, end }: Run): Promise<void> {
  for (const script of CHECKS) {
    const passed = await npmRun(script, end);
    tally.check(script, passed);
    progress.say(`${passed ? '✓' : '✗'} ${script}`);
  }
}

async function bringUpStack({ tally, progress, end }: Run): Promise<boolean> {
  try {
    await startTestStack(progress, end);
    tally.check('deploy', true);
    return true;
  } catch (error) {
    if (!end.aborted) report(error, tally, 'deploy');
    return false;
  }
}

async function packageAll({ tally, progress, end }: Run): Promise<void> {
  for (const script of ['package:all', 'lint:templates']) {
    const passed = await progress.step(`npm run ${script}`, () => npmRun(script, end));
    tally.check(script, passed);
    end.throwIfAborted();
  }
}

async function runJest(
  { args, tally, progress, end }: Run,
  projects: string[],
  more: string[] = [],
): Promise<void> {
  end.throwIfAborted();
  const count = await progress.step(`jest: ${projects.join(', ')}`, () =>
    jest(projects, [...args, ...more], end),
  );
  tally.add(count, `jest ${projects.join(', ')}`);
}

function report(error: unknown, tally: Tally, name = 'npm test'): void {
  console.error(error instanceof Problem ? `\n✗ ${error.message}\n  → ${error.wayOut}` : error);
  tally.check(name, false);
}
