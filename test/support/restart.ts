import { applyDroppedSettings } from '../../scripts/local/apply-dropped-settings';
import { ensureLocalAws } from '../../scripts/local/install';
import { endpointOf, readProcess, startLocalAws, stopLocalAws } from '../../scripts/local/local-aws';
import { files, stackName } from '../../scripts/local/paths';
import { reconcileOrders } from '../../scripts/local/reconcile';
import { forgetStack } from './stack';

/** Ctrl-C and npm start: the local AWS writes its state, starts again on the same port, and orders under way go on. */
export async function restartStack(): Promise<void> {
  const aws = readProcess(files.process);
  if (!aws) throw new Error('The stack under test does not run');
  const how = await stopLocalAws(aws);
  if (how !== 'saved') throw new Error(`The local AWS did not stop in order: ${how}`);
  const again = await startLocalAws(await ensureLocalAws(), aws.port, files);
  await applyDroppedSettings(endpointOf(again), stackName);
  await reconcileOrders(endpointOf(again));
  forgetStack();
}
