import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process by number and time of birth, so that a reused number is never taken for it. */
export interface ProcessId {
  pid: number;
  /** Opaque; equal only for the same process. `launcher.py` makes the same text. */
  started: string;
}

/** @returns the birth mark of a living process, undefined when there is none (a zombie counts as none) */
export function startedOf(pid: number): string | undefined {
  return process.platform === 'linux' ? startedByProc(pid) : startedByPs(pid);
}

function startedByProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command may hold spaces and brackets; the fields after its last bracket are fixed (man 5 proc).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

function startedByPs(pid: number): string | undefined {
  try {
    const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}

export function isRunning(id: ProcessId): boolean {
  return startedOf(id.pid) === id.started;
}

export function ownId(): ProcessId {
  return { pid: process.pid, started: startedOf(process.pid) ?? 'unknown' };
}

/** Sends a signal to exactly this process. @returns false when it is gone */
export function signal(id: ProcessId, name: NodeJS.Signals): boolean {
  if (!isRunning(id)) return false;
  try {
    return process.kill(id.pid, name);
  } catch {
    return false;
  }
}
