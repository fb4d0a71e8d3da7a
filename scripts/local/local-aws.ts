import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { pathWithOwnNode, testKeys } from './aws-env';
import type { Installed } from './install';
import { HOST } from './ports';
import { Problem } from './problem';
import { isRunning, type ProcessId, signal } from './process-id';
import { waitUntil } from './wait-until';

/** A local AWS process, as its launcher wrote it down. */
export interface LocalAws extends ProcessId {
  port: number;
}

/** Where one local AWS keeps its things. */
export interface Folders {
  process: string;
  state: string;
  tmp: string;
  awsLog: string;
}

const START_LIMIT_MS = 60_000;
const HEALTH_LIMIT_MS = 3_000;
export const STOP_LIMIT_MS = 20_000;
/** The launcher's exit code when another process uses the same state. */
const STATE_IN_USE = 75;
const MIB = 1024 * 1024;
const MIB_PER_WORKER = 120;
const FEWEST_WORKERS = 16;
const OTHER_THREADS = 64;

export const endpointOf = ({ port }: { port: number }) => `http://${HOST}:${port}`;

/** @returns the process that the file names, if it still lives */
export function readProcess(file: string): LocalAws | undefined {
  try {
    const read: LocalAws = JSON.parse(readFileSync(file, 'utf8'));
    return isRunning(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

export async function isHealthy(endpoint: string): Promise<boolean> {
  try {
    const answer = await fetch(`${endpoint}/_ministack/health`, {
      signal: AbortSignal.timeout(HEALTH_LIMIT_MS),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

/** Thrown when a local AWS already runs over the same state; its process file names it within moments. */
export class StateInUse extends Error {}

/** Starts a local AWS on a free port and waits until it answers. */
export async function startLocalAws(installed: Installed, port: number, folders: Folders): Promise<LocalAws> {
  mkdirSync(folders.state, { recursive: true });
  const log = openSync(folders.awsLog, 'w');
  const child = spawn(installed.python, ['-u', resolve(__dirname, 'launcher.py')], {
    // A group of its own: Ctrl-C reaches this program alone, which then stops the local AWS in order.
    detached: true,
    stdio: ['ignore', log, log],
    env: launcherEnv(installed, port, folders),
    cwd: folders.state,
  });
  closeSync(log);
  child.unref();
  const started = await waitUntil(() => answeringOrGone(child, folders.process), { limit: START_LIMIT_MS });
  if (started && started !== 'gone') return started;
  if (child.exitCode === STATE_IN_USE) throw new StateInUse(folders.state);
  if (started !== 'gone') child.kill('SIGKILL');
  throw new Problem(
    `The local AWS ${started === 'gone' ? `ended at once (exit code ${child.exitCode})` : 'did not answer in 60 s'}:\n    ${lastLines(folders.awsLog)}`,
    `The whole log: ${folders.awsLog}. If its kept state is damaged: npm run local:reset`,
  );
}

async function answeringOrGone(child: ChildProcess, file: string): Promise<LocalAws | 'gone' | undefined> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return 'gone';
  const aws = readProcess(file);
  return aws?.pid === child.pid && (await isHealthy(endpointOf(aws))) ? aws : undefined;
}

// Only what is named here: whatever else is set in the user's shell would reach every function.
function launcherEnv(installed: Installed, port: number, folders: Folders): NodeJS.ProcessEnv {
  return {
    ...installed.env,
    PATH: pathWithOwnNode(),
    HOME: process.env.HOME,
    LANG: process.env.LANG,
    TMPDIR: folders.tmp,
    TZ: 'UTC',
    ORDERLY_PROCESS_FILE: folders.process,
    GATEWAY_PORT: String(port),
    BIND_HOST: HOST,
    MINISTACK_HOST: HOST,
    AUTH: 'true',
    AWS_ACCESS_KEY_ID: testKeys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: testKeys.secretAccessKey,
    PERSIST_STATE: '1',
    STATE_DIR: join(folders.state, 'services'),
    S3_PERSIST: '1',
    S3_DATA_DIR: join(folders.state, 's3'),
    // Else it opens port 8883 on every interface.
    IOT_MTLS_ENABLED: '0',
    LAMBDA_ACCOUNT_CONCURRENCY: String(workers()),
    ORDERLY_MOST_FUNCTIONS: String(workersInMemory()),
    // Requests that wait for room hold a thread each: 64, the default, would fill up.
    MINISTACK_WORKER_THREADS: String(workersInMemory() + OTHER_THREADS),
    LOG_LEVEL: 'WARNING',
  };
}

/** More cold starts at once than this for each core (0.3 s of it apiece) and all of them run into their time-outs. */
const WORKERS_PER_CORE = 12;

/** How many functions may run at once; the launcher lets more wait for their turn. */
export function workers(freeBytes = freeMemory(), cores = availableParallelism()): number {
  return Math.max(FEWEST_WORKERS, Math.min(workersInMemory(freeBytes), cores * WORKERS_PER_CORE));
}

/** How many Node workers, 70 MB each and what they call, the free memory holds. */
export function workersInMemory(freeBytes = freeMemory()): number {
  return Math.max(FEWEST_WORKERS, Math.floor(freeBytes / MIB / MIB_PER_WORKER));
}

const freeMemory = () => process.availableMemory?.() ?? totalmem() / 4;

export type Stopped = 'saved' | 'killed' | 'was gone';

/** SIGTERM, then up to 20 s for its state; what does not end by then is killed. */
export async function stopLocalAws(aws: LocalAws): Promise<Stopped> {
  if (!signal(aws, 'SIGTERM')) return 'was gone';
  if (await waitUntil(() => !isRunning(aws), { limit: STOP_LIMIT_MS })) return 'saved';
  killAtOnce(aws);
  await waitUntil(() => !isRunning(aws), { limit: 2_000 });
  return 'killed';
}

/** Kills a local AWS with the workers of its functions, which are its process group. */
export function killAtOnce(aws: LocalAws): void {
  if (!signal(aws, 'SIGKILL')) return;
  try {
    process.kill(-aws.pid, 'SIGKILL');
  } catch {
    // Its workers have ended with it.
  }
}

/** Asks a local AWS to write its present state, so that a crash costs no new deployment. */
export async function saveState(endpoint: string): Promise<void> {
  await fetch(`${endpoint}/_orderly/save`, { method: 'POST', signal: AbortSignal.timeout(STOP_LIMIT_MS) });
}

export function rememberPort(file: string, port: number): void {
  writeFileSync(file, String(port));
}

export function rememberedPort(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

export function lastLines(file: string, count = 6): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n    ');
  } catch {
    return '(no log)';
  }
}
