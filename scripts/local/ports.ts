import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

export const HOST = '127.0.0.1';
export const USUAL_PORT = 4566;
const TRIED_AFTER_IT = 200;

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** @returns the wanted port, or the next free one above the usual one */
export async function choosePort(wanted: number): Promise<number | undefined> {
  if (await isFree(wanted)) return wanted;
  for (let port = USUAL_PORT + 1; port <= USUAL_PORT + TRIED_AFTER_IT; port++) {
    if (await isFree(port)) return port;
  }
  return undefined;
}

/** Any port that is free right now, chosen by the system. */
export function anyFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: HOST }, () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** @returns "python3, pid 4711" where /proc tells (Linux, own processes), else undefined */
export function whoHolds(port: number): string | undefined {
  const inodes = listeningInodes(port);
  if (inodes.size === 0) return undefined;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (holdsOne(pid, inodes)) return `${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()}, pid ${pid}`;
  }
  return undefined;
}

function listeningInodes(port: number): Set<string> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].filter((table) => existsSync(table));
  const rows = tables.flatMap((table) => readFileSync(table, 'utf8').split('\n').slice(1));
  const LISTEN = '0A';
  const found = rows
    .map((row) => row.trim().split(/\s+/))
    .filter((cell) => cell[1]?.endsWith(`:${hex}`) && cell[3] === LISTEN)
    .map((cell) => `socket:[${cell[9]}]`);
  return new Set(found);
}

function holdsOne(pid: string, inodes: Set<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`));
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  }
}
