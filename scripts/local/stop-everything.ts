import { givenEndpoint } from './aws-env';
import { readProcess, STOP_LIMIT_MS, stopLocalAws } from './local-aws';
import { readOwner } from './lock';
import { files } from './paths';
import { Problem } from './problem';
import { isRunning, signal } from './process-id';
import { waitUntil } from './wait-until';

/** Stops `npm start` (which stops its local AWS in order), or a local AWS that nobody looks after. */
export async function stopEverything(): Promise<string> {
  if (givenEndpoint) return 'AWS_ENDPOINT_URL is set: what runs there is yours, nothing was stopped.';
  const keeper = readOwner(files.lock);
  if (keeper && isRunning(keeper)) {
    signal(keeper, 'SIGTERM');
    const limit = 2 * STOP_LIMIT_MS + 5_000;
    if (await waitUntil(() => !isRunning(keeper), { limit })) return 'Stopped; the state is kept.';
    throw new Problem(
      `npm start (pid ${keeper.pid}) did not end.`,
      `kill -9 ${keeper.pid}, then npm run local:stop again`,
    );
  }
  const aws = readProcess(files.process);
  if (!aws) return 'Nothing of ours was running.';
  const how = await stopLocalAws(aws);
  return how === 'killed'
    ? `The local AWS (pid ${aws.pid}) did not end in 20 s and was killed; what changed since its last save is lost.`
    : 'Stopped; the state is kept.';
}
