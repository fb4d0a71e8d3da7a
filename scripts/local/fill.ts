import { loadDemoData } from '../demo-data';
import { applyDroppedSettings } from './apply-dropped-settings';
import { saveState } from './local-aws';
import { region, stackName, stage } from './paths';
import type { Progress } from './progress';
import { reconcileOrders } from './reconcile';
import { describeStack, outputsOf } from './root-stack';

export interface FillOptions {
  endpoint: string;
  progress: Progress;
  /** Whether this start deployed something. */
  deployed: boolean;
  /** Whether orders of an earlier run may be under way. */
  resumed: boolean;
}

/** Everything between a deployed stack and one that can take orders. */
export async function fill({ endpoint, progress, deployed, resumed }: FillOptions): Promise<void> {
  await progress.step("Applying what the local AWS's CloudFormation drops (time to live, CORS)", () =>
    applyDroppedSettings(endpoint, stackName),
  );
  const stack = await describeStack(endpoint, stackName);
  const outputs = stack ? outputsOf(stack) : {};
  await progress.step('Loading the demo catalogue, users and stock', () =>
    loadDemoData({ endpoint, region, stage, outputs, log: (line) => progress.say(`  ${line}`) }),
  );
  if (resumed) {
    await progress.step('Asking again for orders that were under way', () => reconcile(endpoint, progress));
  }
  if (deployed) await saveState(endpoint);
}

// Its schedule asks again within five minutes, so a start does not fail over it.
async function reconcile(endpoint: string, progress: Progress): Promise<void> {
  try {
    await reconcileOrders(endpoint);
  } catch (error) {
    progress.say(
      `  it failed, and is tried again by its schedule: ${error instanceof Error ? error.message : error}`,
    );
  }
}
