import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { root } from '../local/paths';
import { Problem } from '../local/problem';

const bin = join(root, 'node_modules', '.bin');

/** Runs the real `serverless` against the given endpoint, with none of the caller's AWS settings. */
export async function runServerless(args: string[], endpoint: string, region: string): Promise<void> {
  const child = spawn(join(bin, 'serverless'), args, {
    cwd: root,
    env: {
      ...withoutAws(process.env),
      ...awsAt(endpoint, region),
      PATH: `${bin}${delimiter}${process.env.PATH}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk) => said.push(chunk));
  child.stderr.on('data', (chunk) => said.push(chunk));
  const [code] = await once(child, 'close');
  if (code === 0) return;
  const text = Buffer.concat(said).toString().trim();
  throw new Problem(
    `serverless ${args.join(' ')} failed:\n\n${text}\n`,
    'The message above names the file to mend.',
  );
}

// A profile or a token of the caller would win over the test keys, or send the questions to a real account.
function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AWS_')));
}

const awsAt = (endpoint: string, region: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
  SLS_TELEMETRY_DISABLED: '1',
  SLS_NOTIFICATIONS_MODE: 'off',
});
