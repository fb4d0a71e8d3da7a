import { spawn } from 'node:child_process';
import { awsEnv } from './local/aws-env';
import { root } from './local/paths';
import { Problem, run } from './local/problem';
import { readRunningStack } from './local/running-stack';
import { withBuildFolders } from './packaging/build-lock';

/** `npm run deploy -- --stage X`: stage local goes to the running local AWS, every other to the account of the shell. */
void run(async () => {
  const args = process.argv.slice(2);
  const stage = args[args.indexOf('--stage') + 1];
  if (!args.includes('--stage') || !stage) {
    throw new Problem('A stage is needed.', 'npm run deploy -- --stage dev (or local, staging, prod)');
  }
  const env = stage === 'local' ? await localEnv() : process.env;
  return withBuildFolders(() => deploy(args, env));
});

async function localEnv(): Promise<NodeJS.ProcessEnv> {
  const { endpoint, region } = await readRunningStack();
  return awsEnv(endpoint, region);
}

function deploy(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const serverless = require.resolve('serverless/bin/serverless.js');
  const child = spawn(process.execPath, [serverless, 'deploy', ...args], {
    cwd: root,
    stdio: 'inherit',
    env,
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
