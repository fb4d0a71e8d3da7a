import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../scripts/local/paths';

const exec = promisify(execFile);

export interface Said {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `npm run ops -- <args>` against the stack under test, as an operator would. */
export async function ops(...args: string[]): Promise<Said> {
  const command = ['--import', 'tsx', join(root, 'scripts/ops.ts'), ...args];
  try {
    const { stdout, stderr } = await exec(process.execPath, command, { cwd: root, env: process.env });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Said;
    return { code, stdout, stderr };
  }
}
