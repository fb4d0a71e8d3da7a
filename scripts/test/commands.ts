import { type SpawnOptions, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { localDir, root } from '../local/paths';
import type { Count } from './tally';

const jestBin = () => require.resolve('jest/bin/jest');

/** How a command shares two cores with the others: in the background it takes what they leave. */
export type Priority = 'normal' | 'background';

const BACKGROUND = 15;

/** Runs an npm script; its output appears only when it fails. */
export async function npmRun(script: string, signal: AbortSignal, priority: Priority): Promise<boolean> {
  const options = { signal, env: { ...process.env, NO_COLOR: '1' } };
  const { code, output } = await run('npm', ['run', '--silent', script], options, priority);
  if (code !== 0 && !signal.aborted) console.log(`\n── npm run ${script}\n${output}`);
  return code === 0;
}

/** @returns the paths of the tests that jest would run for these arguments */
export async function listTests(args: string[], signal: AbortSignal): Promise<string[]> {
  const { output } = await run(process.execPath, [jestBin(), '--listTests', ...args], { signal });
  return output.split('\n').filter((line) => /\.test\.[tj]sx?$/.test(line));
}

/** Runs jest over some of its projects and counts its tests; a file that does not even load counts as one failure. */
export async function jest(
  projects: string[],
  args: string[],
  signal: AbortSignal,
  priority: Priority,
): Promise<Count> {
  mkdirSync(localDir, { recursive: true });
  const report = join(localDir, `jest-${projects[0]}.json`);
  rmSync(report, { force: true });
  const always = ['--ci', '--passWithNoTests', '--json', `--outputFile=${report}`];
  const chosen = ['--selectProjects', ...projects];
  const options: SpawnOptions = { signal, stdio: ['ignore', 'ignore', 'inherit'] };
  const { code } = await run(process.execPath, [jestBin(), ...always, ...args, ...chosen], options, priority);
  return readCount(report) ?? { passed: 0, failed: code === 0 ? 0 : 1 };
}

function readCount(report: string): Count | undefined {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
  } catch {
    return undefined;
  }
}

function run(
  command: string,
  args: string[],
  options: SpawnOptions,
  priority: Priority = 'normal',
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    if (child.pid && priority === 'background') setPriority(child.pid, BACKGROUND);
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => chunks.push(chunk));
    const output = () => stripVTControlCharacters(Buffer.concat(chunks).toString('utf8'));
    child.once('error', (error) => resolve({ code: 1, output: `${output()}${error.message}` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output: output() }));
  });
}
