import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { root } from '../local/paths';
import { Problem } from '../local/problem';

const LIMIT_MS = 300_000;
// A plugin that fails may leave something running (serverless-esbuild did, before `skipRebuild`): then it never ends.
const AFTER_ERROR_MS = 2_000;

const bin = join(root, 'node_modules', '.bin');

interface Where {
  endpoint: string;
  region: string;
  /** More of the environment. */
  more: NodeJS.ProcessEnv;
}

/** Runs the real `serverless` against the given endpoint, with none of the caller's AWS settings. */
export async function runServerless(args: string[], { endpoint, region, more }: Where): Promise<void> {
  const child = spawn(join(bin, 'serverless'), args, {
    cwd: root,
    env: {
      ...withoutAws(process.env),
      ...awsAt(endpoint, region),
      ...more,
      PATH: `${bin}${delimiter}${process.env.PATH}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let failing: NodeJS.Timeout | undefined;
  const hear = (chunk: Buffer) => {
    said += chunk;
    if (/^Error:/m.test(said)) failing ??= setTimeout(() => child.kill('SIGKILL'), AFTER_ERROR_MS);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const tooLong = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  const [code] = await once(child, 'close');
  clearTimeout(tooLong);
  clearTimeout(failing);
  if (code === 0) return;
  const why = failing || code !== null ? 'failed' : `took more than ${LIMIT_MS / 1000} s`;
  throw new Problem(
    `serverless ${args.join(' ')} ${why}:\n\n${said.trim()}\n`,
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
