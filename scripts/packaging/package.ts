/** `npm run package -- --stage X`: every template and zip of a stage into `.build/X`, with no account and no network. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { region, root, service } from '../local/paths';
import { run } from '../local/problem';
import { createProgress, type Progress } from '../local/progress';
import { withBuildFolders } from './build-lock';
import { report } from './report';
import { createRootStack } from './root-stack';
import { runServerless } from './run-serverless';
import { type Stage, stagesFrom } from './stages';
import { withThrowAwayAws } from './throw-away-aws';

/** One local AWS serves all the stages; they are packaged one after the other. */
export async function packageStages(stages: Stage[], progress: Progress): Promise<void> {
  await withBuildFolders(() =>
    withThrowAwayAws(progress, async (endpoint) => {
      for (const stage of stages) {
        const folder = join('.build', stage);
        rmSync(join(root, folder), { recursive: true, force: true });
        await progress.step(`Packaging stage ${stage} into ${folder}`, async () => {
          await createRootStack(`${service}-${stage}`, endpoint, region);
          await runServerless(['package', '--stage', stage, '--package', folder], endpoint, region);
        });
      }
    }),
  );
}

async function main(): Promise<undefined> {
  const stages = stagesFrom(process.argv.slice(2));
  await packageStages(stages, createProgress());
  for (const stage of stages) console.log(`\n${service}-${stage}\n${report(join(root, '.build', stage))}`);
}

if (require.main === module) run(main);
