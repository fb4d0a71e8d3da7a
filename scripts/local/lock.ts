import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isRunning, ownId, type ProcessId } from './process-id';

export type Lock = { held: true; release: () => void } | { held: false; owner: ProcessId };

/** Takes a lock file for this process; one left by a process that died is taken over. */
export function takeLock(path: string): Lock {
  mkdirSync(dirname(path), { recursive: true });
  const own = ownId();
  const draft = `${path}.${own.pid}`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    for (;;) {
      if (link(draft, path)) return { held: true, release: () => release(path, own) };
      const owner = readOwner(path);
      if (owner && isRunning(owner)) return { held: false, owner };
      removeStale(path, draft, owner);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

export function readOwner(path: string): ProcessId | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

// link() creates the lock with its content in one step, so nobody ever reads an empty one.
function link(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

// rename() lets one of several finders take the stale file away; a fresh lock caught by mistake is put back.
function removeStale(path: string, draft: string, stale: ProcessId | undefined): void {
  const aside = `${draft}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const caught = readOwner(aside);
  if (caught && caught.pid !== stale?.pid && isRunning(caught)) link(aside, path);
  rmSync(aside, { force: true });
}

function release(path: string, own: ProcessId): void {
  if (readOwner(path)?.pid === own.pid) rmSync(path, { force: true });
}
