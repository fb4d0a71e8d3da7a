import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { withBuildFolders } from '../packaging/build-lock';
import { awsEnv } from './aws-env';
import { fingerprint, readDeployed, writeDeployed } from './fingerprint';
import { readOwner } from './lock';
import { files, region, root, stackName, stage } from './paths';
import { Problem } from './problem';
import { signal as sendSignal, startedOf } from './process-id';
import type { Progress } from './progress';
import { deleteStack, ensureRootStack, settledStatus } from './root-stack';

const WHOLE = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'];
const GONE = ['NONE', 'DELETE_COMPLETE'];

export interface DeployOptions {
  endpoint: string;
  progress: Progress;
  /** True when the local AWS has just been started: no CloudFormation operation can be at work in it. */
  justStarted: boolean;
  signal?: AbortSignal;
}

/** Deploys stage local unless exactly these sources are deployed already. @returns whether it did */
export async function deployLocal({
  endpoint,
  progress,
  justStarted,
  signal,
}: DeployOptions): Promise<boolean> {
  endLeftOver();
  const wanted = fingerprint(endpoint);
  const deployed = await readDeployed(endpoint);
  const status = await settledStatus(endpoint, stackName, justStarted ? 0 : undefined);
  if (deployed === wanted && WHOLE.includes(status)) {
    progress.say('The stack is deployed and its sources are unchanged: nothing to deploy');
    return false;
  }
  await recover({ endpoint, progress, status, wasComplete: deployed !== undefined });
  signal?.throwIfAborted();
  await ensureRootStack(endpoint, stackName);
  await progress.step(`Deploying the stack ${stackName} (serverless deploy)`, () =>
    withBuildFolders(() => serverlessDeploy(endpoint, signal)),
  );
  const now = await settledStatus(endpoint, stackName);
  if (!WHOLE.includes(now) || now === 'UPDATE_ROLLBACK_COMPLETE') throw failed(`the stack is ${now}`);
  await writeDeployed(endpoint, wanted);
  return true;
}

interface Found {
  endpoint: string;
  progress: Progress;
  status: string;
  wasComplete: boolean;
}

// A stack that was complete once holds orders, so it is only ever updated; one that never was holds nothing.
async function recover({ endpoint, progress, status, wasComplete }: Found): Promise<void> {
  if (GONE.includes(status) || WHOLE.includes(status)) return;
  if (wasComplete) {
    progress.say(`The last deployment was interrupted (${status}): updating the stack, its data stays`);
    return;
  }
  await progress.step(`The first deployment was interrupted (${status}): making the stack anew`, () =>
    deleteStack(endpoint, stackName),
  );
  const left = await settledStatus(endpoint, stackName, 0);
  if (!GONE.includes(left)) throw failed(`the half-made stack could not be removed (${left})`);
}

function serverlessDeploy(endpoint: string, signal?: AbortSignal): Promise<void> {
  mkdirSync(dirname(files.deployLog), { recursive: true });
  const log = openSync(files.deployLog, 'w');
  const child = spawn(
    process.execPath,
    [require.resolve('serverless/bin/serverless.js'), 'deploy', '--stage', stage],
    {
      cwd: root,
      stdio: ['ignore', log, log],
      // It asks CloudFormation for news every 5 s by default.
      env: { ...awsEnv(endpoint, region), SLS_AWS_MONITORING_FREQUENCY: '300', NO_COLOR: '1' },
      signal,
    },
  );
  closeSync(log);
  if (child.pid)
    writeFileSync(files.deploy, JSON.stringify({ pid: child.pid, started: startedOf(child.pid) }));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, by) =>
      code === 0 ? resolve() : reject(failed(`serverless deploy ended with ${by ?? code}`)),
    );
  });
}

/** A deployment outlives its npm start when that alone was killed; two at once would mix their packages. */
function endLeftOver(): void {
  const left = readOwner(files.deploy);
  if (left) sendSignal(left, 'SIGKILL');
}

function failed(what: string): Problem {
  return new Problem(
    `The deployment failed: ${what}.\n    ${errorsIn(files.deployLog)}`,
    `The whole log: ${files.deployLog}. If the stack cannot be updated any more, npm run local:reset begins afresh (orders are lost)`,
  );
}

/** What serverless says after "Error:", without its stack. */
function errorsIn(log: string): string {
  const text = readFileSync(log, 'utf8');
  const said = text.slice(Math.max(text.lastIndexOf('\nError'), 0)).split('\n');
  return said
    .filter((line) => line.trim() && !/^\s+at /.test(line))
    .slice(0, 12)
    .join('\n    ');
}
