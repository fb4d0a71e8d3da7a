import { rmSync } from 'node:fs';
import { givenEndpoint } from '../local/aws-env';
import { deployLocal } from '../local/deploy';
import { fill } from '../local/fill';
import { ensureLocalAws } from '../local/install';
import { endpointOf, readProcess, rememberPort, startLocalAws, stopLocalAws } from '../local/local-aws';
import { files } from '../local/paths';
import { anyFreePort } from '../local/ports';
import type { Progress } from '../local/progress';

/** Starts a local AWS with nothing in it and deploys and fills the stack as npm start does. */
export async function startTestStack(progress: Progress, signal: AbortSignal): Promise<void> {
  const endpoint = givenEndpoint ?? (await freshAws(progress));
  signal.throwIfAborted();
  const justStarted = givenEndpoint === undefined;
  const deployed = await deployLocal({ endpoint, progress, justStarted, signal });
  signal.throwIfAborted();
  await fill({ endpoint, progress, deployed, resumed: false });
}

async function freshAws(progress: Progress): Promise<string> {
  const installed = await ensureLocalAws(progress);
  await stopTestStack();
  rmSync(files.state, { recursive: true, force: true });
  const port = await anyFreePort();
  const aws = await progress.step(`Starting a fresh local AWS on 127.0.0.1:${port}`, () =>
    startLocalAws(installed, port, files),
  );
  rememberPort(files.port, port);
  return endpointOf(aws);
}

/** Stops whichever process runs now: a test may have restarted it. */
export async function stopTestStack(): Promise<void> {
  const aws = readProcess(files.process);
  if (aws) await stopLocalAws(aws);
}
