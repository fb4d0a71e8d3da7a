import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureLocalAws } from '../local/install';
import { root } from '../local/paths';
import { anyFreePort, HOST } from '../local/ports';
import { Problem } from '../local/problem';
import type { Progress } from '../local/progress';
import { waitUntil } from '../local/wait-until';

const START_LIMIT_MS = 30_000;
const TRIES = 3;

// It ends with its standard input, so it does not outlive this process however that ends.
const PROGRAM = `
import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
from ministack.app import main
main()
`;

/** Runs a local AWS that keeps nothing, for as long as the work lasts. */
export async function withThrowAwayAws<T>(
  progress: Progress,
  work: (endpoint: string) => Promise<T>,
): Promise<T> {
  const installed = await ensureLocalAws(progress);
  // One at a time (build-lock.ts), so what an interrupted run left here is removed by the next.
  const folder = join(root, '.build', 'throw-away');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let aws: ChildProcess | undefined;
  try {
    for (let attempt = 1; ; attempt++) {
      const port = await anyFreePort();
      aws = spawn(installed.python, ['-c', PROGRAM], {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, ...installed.env, ...settings(port) },
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      const endpoint = `http://${HOST}:${port}`;
      if (await answers(endpoint, aws)) return await work(endpoint);
      await end(aws);
      if (attempt === TRIES) {
        const wayOut = 'Try npm run local:reset, or remove .local/venv so that it is installed anew.';
        throw new Problem('The local AWS that packaging needs did not start.', wayOut);
      }
    }
  } finally {
    if (aws) await end(aws);
    rmSync(folder, { recursive: true, force: true });
  }
}

const settings = (port: number) => ({
  GATEWAY_PORT: String(port),
  BIND_HOST: HOST,
  // It would open port 8883 on every interface.
  IOT_MTLS_ENABLED: '0',
  PERSIST_STATE: '0',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
});

async function answers(endpoint: string, aws: ChildProcess): Promise<boolean> {
  const healthy = () =>
    fetch(`${endpoint}/_ministack/health`).then(
      (response) => response.ok,
      () => false,
    );
  const outcome = await waitUntil(async () => (aws.exitCode !== null ? 'ended' : (await healthy()) && 'up'), {
    limit: START_LIMIT_MS,
  });
  return outcome === 'up';
}

async function end(aws: ChildProcess): Promise<void> {
  if (aws.exitCode !== null || aws.signalCode !== null) return;
  const ended = once(aws, 'exit');
  aws.kill('SIGKILL');
  await ended;
}
