import './test/own-folder';

import { availableParallelism } from 'node:os';
import { checkNode, givenEndpoint } from './local/aws-env';
import { endOnSignals } from './local/keep-running';
import { takeLock } from './local/lock';
import { files } from './local/paths';
import { Problem, run } from './local/problem';
import { createProgress, type Progress } from './local/progress';
import { jest, listTests, npmRun, type Priority } from './test/commands';
import { Tally } from './test/tally';
import { startTestStack, stopTestStack } from './test/test-stack';

const CHECKS = ['check:types', 'check:lint', 'check:architecture', 'check:reference'];
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
  // The stack's start waits for pip and for CloudFormation: the tests that need no stack run meanwhile.
  const [, hasStack] = await Promise.all([
    testWithoutStack(run, needs.checks),
    needs.stack && bringUpStack(run),
  ]);
  end.throwIfAborted();
  if (hasStack) await testStack(run);
  await Promise.all([needs.packages && testPackages(run), hasStack && testStackAlone(run)]);
}

/** Beside the tests that have the stack to themselves, on what they leave of the machine: they wait most of their time. */
async function testPackages(run: Run): Promise<void> {
  for (const script of ['package:all', 'lint:templates']) await check(run, script, 'background');
  await runJest(run, ['templates'], 'background');
}

async function testWithoutStack(run: Run, withChecks: boolean): Promise<void> {
  if (withChecks) await checkAll(run);
  await runJest(run, WITHOUT_STACK);
}

async function testStack(run: Run): Promise<void> {
  // They wait more than they work.
  const lanes = Math.ceil(1.5 * availableParallelism());
  await runJest({ ...run, args: [`--maxWorkers=${lanes}`, ...run.args] }, ['e2e']);
}

async function testStackAlone(run: Run): Promise<void> {
  if (givenEndpoint)
    run.progress.say('AWS_ENDPOINT_URL is set: tests that restart the local AWS are left out');
  else await runJest({ ...run, args: [...run.args, '--runInBand'] }, ['e2e-alone']);
}

async function needsOf(args: string[], end: AbortSignal): Promise<Needs> {
  if (args.length === 0) return { checks: true, packages: true, stack: true };
  const tests = await listTests(args, end);
  const some = (folder: RegExp) => tests.some((path) => folder.test(path));
  return { checks: false, packages: some(/\/test\/templates\//), stack: some(/\/test\/e2e(-alone)?\//) };
}

async function check({ tally, progress, end }: Run, script: string, priority?: Priority): Promise<void> {
  end.throwIfAborted();
  const passed = await npmRun(script, end, priority ?? 'normal');
  tally.check(script, passed);
  progress.say(`${passed ? '✓' : '✗'} npm run ${script}`);
}

async function checkAll(run: Run): Promise<void> {
  for (const script of CHECKS) await check(run, script);
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

async function runJest(run: Run, projects: string[], priority: Priority = 'normal'): Promise<void> {
  const { args, tally, progress, end } = run;
  end.throwIfAborted();
  const name = `jest: ${projects.join(', ')}`;
  tally.add(await progress.step(name, () => jest(projects, args, end, priority)), name);
}

function report(error: unknown, tally: Tally, name = 'npm test'): void {
  console.error(error instanceof Problem ? `\n✗ ${error.message}\n  → ${error.wayOut}` : error);
  tally.check(name, false);
}
