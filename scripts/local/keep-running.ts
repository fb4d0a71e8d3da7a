import { setInterval } from 'node:timers/promises';
import { endpointOf, type LocalAws, lastLines, STOP_LIMIT_MS, stopLocalAws } from './local-aws';
import { files, stackName } from './paths';
import { Problem } from './problem';
import { isRunning } from './process-id';
import type { Progress } from './progress';
import { settledStatus } from './root-stack';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const LOOK_EVERY_MS = 1_000;

/** Aborts at the first Ctrl-C, SIGTERM or closed terminal; npm sends on what the terminal has sent already. */
export function endOnSignals(): AbortSignal {
  const end = new AbortController();
  for (const name of SIGNALS) process.on(name, () => end.abort());
  // A terminal that is gone must not turn the last words into a crash before the state is saved.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return end.signal;
}

/** Stays until the signal. @throws Problem when the local AWS ends by itself */
export async function untilEnd(aws: LocalAws, end: AbortSignal): Promise<void> {
  try {
    for await (const _ of setInterval(LOOK_EVERY_MS, undefined, { signal: end })) {
      if (!isRunning(aws))
        throw new Problem(`The local AWS ended by itself:\n    ${lastLines(files.awsLog)}`, 'npm start');
    }
  } catch (error) {
    if (!end.aborted) throw error;
  }
}

/** Stops the local AWS in order and tells what became of its state. */
export async function stopInOrder(aws: LocalAws, progress: Progress): Promise<void> {
  if (!isRunning(aws)) return;
  // Saved in the middle of an update, a stack would be loaded as neither the old nor the new one.
  await settledStatus(endpointOf(aws), stackName, STOP_LIMIT_MS).catch(() => undefined);
  progress.say('Stopping the local AWS; it writes its state (up to 20 s)');
  const how = await stopLocalAws(aws);
  progress.say(how === 'saved' ? 'Stopped. Your orders are kept for the next npm start.' : KILLED);
}

const KILLED = 'It did not end in 20 s and was killed: what changed since its last save is lost.';
