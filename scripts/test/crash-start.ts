import './crash-folder';

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { killAtOnce, readProcess } from '../local/local-aws';
import { files, localDir, root } from '../local/paths';
import { run } from '../local/problem';
import { stopTestStack } from './test-stack';

/** `npm run test:crash-start -- [rounds] [seed]`: kills npm start at random points; the next one has to succeed. */
const [rounds = 20, seed = Date.now() % 100_000] = process.argv.slice(2).map(Number);

/** What dies: npm start alone, all that it started but its local AWS, or that too, as in a power cut. */
const KILLS = ['alone', 'with its children', 'with its local AWS'] as const;

/** A whole first start takes about this long, milliseconds; the kill comes somewhere within. */
const WITHIN = 30_000;
const START_LIMIT_MS = 180_000;

void run(async () => {
  console.log(`${rounds} rounds, seed ${seed}, in ${localDir}`);
  const random = mulberry32(seed);
  let succeeded = 0;
  try {
    for (let round = 1; round <= rounds; round++) {
      const plan = planRound(random);
      const outcome = await crashAndStart(plan);
      if (outcome.ready) succeeded += 1;
      console.log(
        `round ${round}: ${describe(plan)}: ${outcome.ready ? `ready in ${outcome.seconds} s` : `FAILED\n${outcome.said}`}`,
      );
    }
  } finally {
    await stopTestStack();
  }
  console.log(`seed ${seed}: ${succeeded} of ${rounds} next starts succeeded`);
  return succeeded === rounds ? 0 : 1;
});

interface Plan {
  /** Milliseconds after which it is killed. */
  after: number;
  what: (typeof KILLS)[number];
  /** From nothing, or from what the last round left. */
  afresh: boolean;
}

function planRound(random: () => number): Plan {
  const afresh = random() < 0.5;
  // A start over kept state takes 3 s or so; killed later it would only be killed while it idles.
  const within = afresh ? WITHIN : WITHIN / 5;
  const what = KILLS[Math.floor(random() * KILLS.length)] ?? 'alone';
  return { afresh, what, after: Math.round(random() * within) };
}

async function crashAndStart({ after, what, afresh }: Plan) {
  if (afresh) {
    await stopTestStack();
    for (const path of [files.state, files.process]) rmSync(path, { recursive: true, force: true });
  }
  const crashed = start();
  await pause(after);
  const aws = readProcess(files.process);
  await kill(crashed.child, what === 'alone');
  if (what === 'with its local AWS' && aws) killAtOnce(aws);
  const began = Date.now();
  const next = start();
  const ready = await next.ready;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  next.child.kill('SIGTERM');
  if (next.child.exitCode === null) await once(next.child, 'exit');
  return { ready, seconds, said: next.said() };
}

function start() {
  // A group of its own, so that it and what it started (serverless, pip) die together.
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ready = new Promise<boolean>((resolve) => {
    const hear = (chunk: Buffer) => {
      said += chunk;
      if (said.includes('Ready.')) resolve(true);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => resolve(false));
    setTimeout(() => resolve(false), START_LIMIT_MS).unref();
  });
  return { child, ready, said: () => said };
}

async function kill(child: ChildProcess, alone: boolean): Promise<void> {
  if (child.exitCode !== null || !child.pid) return;
  const gone = once(child, 'exit');
  process.kill(alone ? child.pid : -child.pid, 'SIGKILL');
  await gone;
}

const describe = ({ after, what, afresh }: Plan) =>
  `${afresh ? 'first' : 'later'} start killed ${what} after ${after} ms`;

// A small seeded generator, so that a failing run can be repeated: https://github.com/bryc/code/blob/master/jshash/PRNGs.md
function mulberry32(state: number): () => number {
  let a = state;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
