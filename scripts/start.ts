import { checkNode, givenEndpoint } from './local/aws-env';
import { bringUp } from './local/bring-up';
import { deployLocal } from './local/deploy';
import { fill } from './local/fill';
import { readDeployed } from './local/fingerprint';
import { endOnSignals, stopInOrder, untilEnd } from './local/keep-running';
import { endpointOf, isHealthy } from './local/local-aws';
import { takeLock } from './local/lock';
import { files } from './local/paths';
import { welcome } from './local/print-welcome';
import { Problem, run } from './local/problem';
import type { ProcessId } from './local/process-id';
import { createProgress, type Progress } from './local/progress';
import { readRunningStack } from './local/running-stack';

const INTERRUPTED = 130;

void run(async () => {
  checkNode();
  const progress = createProgress();
  if (givenEndpoint) return useGiven(givenEndpoint, progress);
  const lock = takeLock(files.lock);
  if (!lock.held) return explain(lock.owner);
  try {
    return await startAndStay(progress);
  } finally {
    lock.release();
  }
});

async function startAndStay(progress: Progress): Promise<number> {
  const end = endOnSignals();
  const { aws, justStarted } = await bringUp(progress);
  const endpoint = endpointOf(aws);
  try {
    end.throwIfAborted();
    const resumed = (await readDeployed(endpoint)) !== undefined;
    const deployed = await deployLocal({ endpoint, progress, justStarted, signal: end });
    end.throwIfAborted();
    await fill({ endpoint, progress, deployed, resumed });
    progress.say('Ready.');
    console.log(welcome(await readRunningStack()));
    console.log('  Ctrl-C stops it and keeps its state.\n');
    await untilEnd(aws, end);
    return 0;
  } catch (error) {
    if (!end.aborted) throw error;
    return INTERRUPTED;
  } finally {
    await stopInOrder(aws, progress);
  }
}

async function explain(owner: ProcessId): Promise<number> {
  const stack = await readRunningStack().catch(() => undefined);
  if (!stack) {
    throw new Problem(
      `Another npm start (pid ${owner.pid}) is on its way.`,
      'Wait until it says "Ready.", or npm run local:stop',
    );
  }
  console.log(`It runs already: npm start, pid ${owner.pid}. Nothing was started or changed.`);
  console.log(welcome(stack));
  return 0;
}

async function useGiven(endpoint: string, progress: Progress): Promise<number> {
  progress.say(`AWS_ENDPOINT_URL is set: using ${endpoint}; nothing is started or stopped`);
  if (/amazonaws\.com/.test(endpoint) || !(await isHealthy(endpoint))) {
    throw new Problem(
      `${endpoint} is not a local AWS that answers.`,
      'Unset AWS_ENDPOINT_URL, and npm start brings its own; for real stages: npm run deploy -- --stage dev',
    );
  }
  const resumed = (await readDeployed(endpoint)) !== undefined;
  const deployed = await deployLocal({ endpoint, progress, justStarted: false });
  await fill({ endpoint, progress, deployed, resumed });
  console.log(welcome(await readRunningStack()));
  return 0;
}
