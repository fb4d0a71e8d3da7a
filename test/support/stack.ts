import { type RunningStack, readRunningStack } from '../../scripts/local/running-stack';

let read: Promise<RunningStack> | undefined;

/** The stack under test, as `npm run local:status -- --json` prints it. */
export function stack(): Promise<RunningStack> {
  read ??= readRunningStack();
  return read;
}

/** Forgets what was read: after a restart the port may be another. */
export function forgetStack(): void {
  read = undefined;
}
