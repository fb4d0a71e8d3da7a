import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { applyDroppedSettings } from './local/apply-dropped-settings';
import { checkAccount } from './local/aws-env';
import { deployLocal } from './local/deploy';
import { root, stackName } from './local/paths';
import { Problem, run } from './local/problem';
import { createProgress } from './local/progress';
import { readRunningStack } from './local/running-stack';
import { withBuildFolders } from './packaging/build-lock';
import { ensureLambdaSharp } from './packaging/ensure-lambda-sharp';

/** `npm run deploy -- --stage X`: stage local goes to the running local AWS, every other to the account of the shell. */
void run(async () => {
  const args = process.argv.slice(2);
  const { stage } = parseArgs({
    args,
    strict: false,
    options: { stage: { type: 'string', short: 's' } },
  }).values;
  if (typeof stage !== 'string') {
    throw new Problem('A stage is needed.', 'npm run deploy -- --stage dev (or local, staging, prod)');
  }
  checkAccount(stage);
  if (stage === 'local') return deployToRunning();
  await ensureLambdaSharp(createProgress());
  return withBuildFolders(() => deploy(args));
});

async function deployToRunning(): Promise<number> {
  const { endpoint } = await readRunningStack();
  const progress = createProgress();
  await deployLocal({ endpoint, progress, justStarted: false });
  await applyDroppedSettings(endpoint, stackName);
  progress.say('Deployed.');
  return 0;
}

function deploy(args: string[]): Promise<number> {
  const serverless = require.resolve('serverless/bin/serverless.js');
  const child = spawn(process.execPath, [serverless, 'deploy', ...args], { cwd: root, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
