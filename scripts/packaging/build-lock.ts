import { join } from 'node:path';
import { takeLock } from '../local/lock';
import { root } from '../local/paths';
import { Problem } from '../local/problem';
import { waitUntil } from '../local/wait-until';

const LIMIT_MS = 300_000;

/** The framework writes into `.serverless` and `.esbuild` of the project, so only one may package or deploy at a time. */
export async function withBuildFolders<T>(work: () => Promise<T>): Promise<T> {
  const path = join(root, '.build', 'package.lock');
  const taken = await waitUntil(
    () => {
      const lock = takeLock(path);
      return lock.held && lock;
    },
    { limit: LIMIT_MS, every: 200 },
  );
  if (!taken)
    throw new Problem('Another package or deploy has been running for minutes.', `End it, or remove ${path}`);
  try {
    return await work();
  } finally {
    taken.release();
  }
}
