/** `npm run package -- --stage X`: every template and zip of a stage into `.build/X`, with no account and no network. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { region, root, service } from '../local/paths';
import { run } from '../local/problem';
import { createProgress, type Progress } from '../local/progress';
import { ensureRootStack } from '../local/root-stack';
import { withBuildFolders } from './build-lock';
import { Bundles } from './bundles';
import { ensureLambdaSharp } from './ensure-lambda-sharp';
import { report } from './report';
import { runServerless } from './run-serverless';
import { type Stage, stagesFrom } from './stages';
import { withThrowAwayAws } from './throw-away-aws';

/** One local AWS serves all the stages; they are packaged one after the other, and a handler is bundled once. */
export async function packageStages(stages: Stage[], progress: Progress): Promise<void> {
  const bundles = new Bundles();
  if (stages.some((stage) => stage !== 'local')) await ensureLambdaSharp(progress);
  await withBuildFolders(() =>
    withThrowAwayAws(progress, async (endpoint) => {
      for (const stage of stages) {
        await progress.step(`Packaging stage ${stage} into .build/${stage}`, () =>
          packageStage(stage, endpoint, bundles),
        );
      }
    }),
  );
}

async function packageStage(stage: Stage, endpoint: string, bundles: Bundles): Promise<void> {
  const folder = join(root, '.build', stage);
  rmSync(folder, { recursive: true, force: true });
  const args = ['package', '--stage', stage, '--package', join('.build', stage)];
  try {
    await ensureRootStack(endpoint, `${service}-${stage}`);
    await runServerless(args, { endpoint, region, more: bundles.layInto(folder) });
    bundles.takeFrom(folder);
  } catch (error) {
    // Half a package would be taken for a whole one by whoever reads the folder next.
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function main(): Promise<undefined> {
  const stages = stagesFrom(process.argv.slice(2));
  await packageStages(stages, createProgress());
  for (const stage of stages) console.log(`\n${service}-${stage}\n${report(join(root, '.build', stage))}`);
}

if (require.main === module) run(main);
