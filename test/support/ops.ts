import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../scripts/local/paths';

const exec = promisify(execFile);

export interface Said {
  code: number;
  stdout: string;
  stderr: string;
}

const commandOf = (args: string[]) => ['--import', 'tsx', join(root, 'scripts/ops.ts'), ...args];

/** Runs `npm run ops -- <args>` against the stack under test, as an operator would. */
export async function ops(...args: string[]): Promise<Said> {
  try {
    const { stdout, stderr } = await exec(process.execPath, commandOf(args), { cwd: root, env: process.env });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Said;
    return { code, stdout, stderr };
  }
}

/** The same, stopped by Ctrl-C as soon as it says this. @returns what it said until then */
export async function opsUntil(says: RegExp, ...args: string[]): Promise<string> {
  const running = spawn(process.execPath, commandOf(args), { cwd: root, env: process.env });
  let stdout = '';
  running.stdout.on('data', (some) => {
    stdout += some;
    if (says.test(stdout)) running.kill('SIGINT');
  });
  const [code, signal] = await once(running, 'close');
  if (signal !== 'SIGINT') throw new Error(`ops ended by itself with ${code}: ${stdout}`);
  return stdout;
}
