import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { awsEnv } from '../local/aws-env';
import { region, root, stage } from '../local/paths';

const LIMIT_MS = 60_000;

export interface Invoked {
  /** True when the handler gave a result instead of throwing. */
  ok: boolean;
  /** What the handler gave back, or undefined when that is no JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: each function has its own result
  result: any;
  /** All that was printed: log lines, then the result. */
  output: string;
}

/** `serverless invoke local -f <key> …` against a running stack, as a developer types it. */
export const invokeLocal = (key: string, endpoint: string, more: string[]): Promise<Invoked> =>
  invokeLocalIn(awsEnv(endpoint, region), key, more);

/** The same in any shell, such as one that exported nothing. */
export async function invokeLocalIn(shell: NodeJS.ProcessEnv, key: string, more: string[]): Promise<Invoked> {
  const args = ['invoke', 'local', '-f', key, '--stage', stage, ...more];
  const child = spawn(join(root, 'node_modules/.bin/serverless'), args, {
    cwd: root,
    env: { ...shell, SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    heard.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    heard.err += chunk;
  });
  const tooLong = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  const [code] = await once(child, 'close');
  clearTimeout(tooLong);
  const result = resultIn(heard.out);
  return { ok: code === 0 && !result?.errorType, result, output: heard.err + heard.out };
}

/** The result is printed over several lines, between log lines of one line each. */
function resultIn(output: string): Invoked['result'] {
  const text = output
    .split('\n')
    .filter((line) => !/^\{.+\}$/.test(line))
    .join('\n');
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
