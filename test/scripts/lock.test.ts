import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from '../../scripts/local/lock';
import { startedOf } from '../../scripts/local/process-id';

let dir: string;
let path: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(dir, 'start.lock');
});
afterEach(() => rmSync(dir, { recursive: true }));

test('a lock is held once and free again after its release', () => {
  const first = takeLock(path);
  expect(first.held).toBe(true);
  expect(takeLock(path)).toMatchObject({ held: false, owner: { pid: process.pid } });
  if (first.held) first.release();
  expect(takeLock(path).held).toBe(true);
});

test('a lock whose process was killed is taken over', async () => {
  const killed = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const owner = { pid: killed.pid ?? 0, started: startedOf(killed.pid ?? 0) };
  writeFileSync(path, JSON.stringify(owner));
  expect(takeLock(path)).toEqual({ held: false, owner });
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  expect(takeLock(path).held).toBe(true);
});

test('a lock whose process number now belongs to another process is taken over', () => {
  writeFileSync(path, JSON.stringify({ pid: process.pid, started: 'in another life' }));
  expect(takeLock(path).held).toBe(true);
});

test('a lock file that is not JSON is taken over and nothing is left beside it', () => {
  writeFileSync(path, '');
  expect(takeLock(path).held).toBe(true);
  expect(readdirSync(dir)).toEqual(['start.lock']);
});
