import { ensureLocalAws } from './install';
import {
  endpointOf,
  isHealthy,
  type LocalAws,
  readProcess,
  rememberedPort,
  rememberPort,
  StateInUse,
  startLocalAws,
  stopLocalAws,
} from './local-aws';
import { files } from './paths';
import { choosePort, USUAL_PORT, whoHolds } from './ports';
import { Problem } from './problem';
import type { Progress } from './progress';
import { waitUntil } from './wait-until';

export interface BroughtUp {
  aws: LocalAws;
  /** False when it was taken over from a start that was killed. */
  justStarted: boolean;
}

/** One that was started moments before its keeper was killed may still be on its way. */
const ANSWER_LIMIT_MS = 10_000;
const TRIES = 3;

/** Makes sure that exactly one local AWS runs over this folder's state. */
export async function bringUp(progress: Progress): Promise<BroughtUp> {
  const installed = await ensureLocalAws(progress);
  for (let attempt = 1; ; attempt++) {
    const left = await takeOver(progress);
    if (left) return { aws: left, justStarted: false };
    const port = await portToUse(progress);
    try {
      const aws = await progress.step(`Starting the local AWS on 127.0.0.1:${port}`, () =>
        startLocalAws(installed, port, files),
      );
      rememberPort(files.port, port);
      return { aws, justStarted: true };
    } catch (error) {
      if (!(error instanceof StateInUse) || attempt === TRIES) throw error;
    }
  }
}

async function takeOver(progress: Progress): Promise<LocalAws | undefined> {
  const left = readProcess(files.process);
  if (!left) return undefined;
  if (await waitUntil(() => isHealthy(endpointOf(left)), { limit: ANSWER_LIMIT_MS, every: 300 })) {
    progress.say(
      `Taking over the local AWS that an earlier start left behind (pid ${left.pid}, port ${left.port})`,
    );
    return left;
  }
  await progress.step(`A local AWS of ours does not answer (pid ${left.pid}): stopping it`, () =>
    stopLocalAws(left),
  );
  return undefined;
}

async function portToUse(progress: Progress): Promise<number> {
  const wanted = Number(process.env.LOCAL_PORT) || rememberedPort(files.port) || USUAL_PORT;
  const port = await choosePort(wanted);
  if (port === undefined) {
    throw new Problem(
      `Port ${wanted} and the 200 above ${USUAL_PORT} are all taken.`,
      'Free one, or name one: LOCAL_PORT=… npm start',
    );
  }
  if (port !== wanted) {
    const holder = whoHolds(wanted);
    progress.say(
      `Port ${wanted} is taken${holder ? ` by ${holder}` : ''}: using ${port} instead, from now on`,
    );
  }
  return port;
}
