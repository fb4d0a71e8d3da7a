import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { takeLock } from './lock';
import { installDir } from './paths';
import { Problem } from './problem';
import { type Progress, silent } from './progress';
import { findPython, type Python, runPython } from './python';
import { waitUntil } from './wait-until';

/** How to run what was installed: Python's path, and PYTHONPATH where there is no venv. */
export interface Installed {
  python: string;
  env: { PYTHONPATH?: string };
  bin: string;
}

const OTHER_INSTALL_LIMIT_MS = 180_000;
const PIP = [
  '-m',
  'pip',
  'install',
  '--quiet',
  '--disable-pip-version-check',
  '--no-input',
  '--require-hashes',
];

/** Installs the local AWS, pinned by hash, unless exactly that is there already. */
export function ensureLocalAws(progress: Progress = silent): Promise<Installed> {
  const requirements = resolve(__dirname, 'requirements.txt');
  return ensure({ dir: join(installDir, 'venv'), requirements, what: 'the local AWS' }, progress);
}

/** Installs cfn-lint into .local/tools, pinned by hash, unless exactly that is there already. */
export async function ensureTools(
  progress: Progress = silent,
): Promise<{ cfnLint: string; env: Installed['env'] }> {
  const requirements = resolve(__dirname, 'tools-requirements.txt');
  const { bin, env } = await ensure(
    { dir: join(installDir, 'tools'), requirements, what: 'cfn-lint' },
    progress,
  );
  return { cfnLint: join(bin, 'cfn-lint'), env };
}

interface Wanted {
  dir: string;
  requirements: string;
  what: string;
}

async function ensure(wanted: Wanted, progress: Progress): Promise<Installed> {
  const mark = createHash('sha256').update(readFileSync(wanted.requirements)).digest('hex');
  const done = () => readInstalled(wanted.dir, mark);
  const there = done();
  if (there) return there;
  return withInstallLock(wanted.dir, async () => {
    const meanwhile = done();
    if (meanwhile) return meanwhile;
    const python = await findPython();
    return progress.step(`Installing ${wanted.what} with Python ${python.version} (once)`, async () => {
      const fresh = `${wanted.dir}-${process.pid}-${Date.now().toString(36)}`;
      const installed = await install(python, { ...wanted, dir: fresh });
      writeFileSync(join(fresh, 'installed.json'), JSON.stringify({ mark, installed }));
      putInPlace(fresh, wanted.dir);
      return installed;
    });
  });
}

/**
 * Each attempt has a folder of its own and the last step is one link: an install that was killed never counts,
 * and a pip that outlived it writes where nobody looks.
 */
function putInPlace(fresh: string, dir: string): void {
  const link = `${fresh}.link`;
  symlinkSync(basename(fresh), link);
  if (!lstatSync(dir, { throwIfNoEntry: false })?.isSymbolicLink())
    rmSync(dir, { recursive: true, force: true });
  renameSync(link, dir);
  const others = readdirSync(dirname(dir)).filter((name) => name.startsWith(`${basename(dir)}-`));
  for (const name of others.filter((other) => other !== basename(fresh))) {
    rmSync(join(dirname(dir), name), { recursive: true, force: true, maxRetries: 2 });
  }
}

function readInstalled(dir: string, mark: string): Installed | undefined {
  try {
    const read = JSON.parse(readFileSync(join(dir, 'installed.json'), 'utf8'));
    // The Python behind a venv goes away with an upgrade of the machine, or the folder was moved.
    const usable =
      read.mark === mark && existsSync(read.installed.python) && read.installed.bin.startsWith(dir);
    return usable ? read.installed : undefined;
  } catch {
    return undefined;
  }
}

async function install(python: Python, { dir, requirements, what }: Wanted): Promise<Installed> {
  const failure = {
    what: `pip could not install ${what}:`,
    wayOut: `The first install needs the network (or a pip index that has the packages). See ${requirements}, then try again.`,
  };
  if (python.canMakeVenv) {
    const wayOut = 'On Debian and Ubuntu: sudo apt install python3-venv';
    await runPython(python.path, ['-m', 'venv', dir], {
      what: 'Python could not make a virtual environment:',
      wayOut,
    });
    const inVenv = join(dir, 'bin', 'python');
    await runPython(inVenv, [...PIP, '-r', requirements], failure);
    return { python: inVenv, env: {}, bin: join(dir, 'bin') };
  }
  if (python.hasPip) {
    mkdirSync(dir, { recursive: true });
    await runPython(python.path, [...PIP, '--target', dir, '-r', requirements], failure);
    return { python: python.path, env: { PYTHONPATH: dir }, bin: join(dir, 'bin') };
  }
  throw new Problem(
    `${python.path} (${python.version}) has neither its venv nor its pip module, so ${what} cannot be installed.`,
    'On Debian and Ubuntu: sudo apt install python3-venv. Elsewhere: python3 -m ensurepip, or PYTHON=/path/to/another/python3',
  );
}

async function withInstallLock<T>(dir: string, work: () => Promise<T>): Promise<T> {
  const lock = await waitUntil(
    () => {
      const tried = takeLock(`${dir}.lock`);
      return tried.held && tried;
    },
    { limit: OTHER_INSTALL_LIMIT_MS, every: 300 },
  );
  if (!lock) {
    throw new Problem(
      `Another process has been installing into ${dir} for minutes.`,
      `End it, or remove ${dir}.lock`,
    );
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
