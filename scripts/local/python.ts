import { type ExecFileException, execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Problem } from './problem';

const exec = promisify(execFile);
const NAMES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const NEEDED = [3, 10] as const;
const ABOUT = `import sys, importlib.util as u
print(sys.executable, sys.version_info[0], sys.version_info[1], *(bool(u.find_spec(m)) for m in ("ensurepip", "venv", "pip")), sep="\\n")`;

export interface Python {
  path: string;
  /** For example "3.12". */
  version: string;
  canMakeVenv: boolean;
  hasPip: boolean;
}

/** Finds a Python that is new enough; PYTHON names one by hand. */
export async function findPython(): Promise<Python> {
  const names = process.env.PYTHON ? [process.env.PYTHON] : NAMES;
  const found: string[] = [];
  for (const name of names) {
    const python = await ask(name);
    if (!python) continue;
    if (isNewEnough(python.version)) return python;
    found.push(`${name} is ${python.version}`);
  }
  throw new Problem(
    `No Python ${NEEDED.join('.')} or newer was found (${found.join(', ') || `looked for ${names.join(', ')}`}); the local AWS runs on it.`,
    'Install Python from your package manager or python.org, or name one: PYTHON=/path/to/python3 npm start',
  );
}

async function ask(name: string): Promise<Python | undefined> {
  try {
    const { stdout } = await exec(name, ['-c', ABOUT]);
    const [path = name, major, minor, ensurepip, venv, pip] = stdout.trim().split('\n');
    return {
      path,
      version: `${major}.${minor}`,
      canMakeVenv: ensurepip === 'True' && venv === 'True',
      hasPip: pip === 'True',
    };
  } catch {
    return undefined;
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** Runs Python; what it printed goes into the Problem when it fails. */
export async function runPython(
  path: string,
  args: string[],
  failure: { what: string; wayOut: string },
): Promise<void> {
  try {
    // An editor's or a shell's PYTHONPATH would shadow what was installed by hash.
    const env = {
      ...process.env,
      PYTHONPATH: undefined,
      PYTHONHOME: undefined,
      PIP_REQUIRE_VIRTUALENV: undefined,
    };
    await exec(path, args, { env, maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    const { stderr, stdout } = error as ExecFileException;
    const said = `${stdout ?? ''}\n${stderr ?? ''}`.trim().split('\n').slice(-4).join('\n    ');
    throw new Problem(`${failure.what}\n    ${said}`, failure.wayOut, { cause: error });
  }
}
