import { setTimeout as pause } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { DISCARD_REASONS } from '../../services/operations/api';
import { type StaffApi, staffApi } from './staff-api';
import { table } from './table';

interface Letter {
  id: string;
  digest: string;
  sentAt: string;
  reason?: string;
  correlationId?: string;
  body: string;
}

/** `5/s`, `30/m` → milliseconds between two letters. */
function rate(text: string): number {
  const [, count, unit] = /^(\d{1,4})\/([sm])$/.exec(text) ?? [];
  if (!count || Number(count) === 0) throw new InvalidArgumentError('Say for example 5/s or 30/m.');
  return (unit === 's' ? 1000 : 60_000) / Number(count);
}

export function deadLetterCommand(): Command {
  const command = new Command('dlq').description('Dead letters of every queue');
  command
    .command('list')
    .description('every queue and how much lies in it')
    .action(async (_options, self) => {
      const { items } = await (await staffApi(self)).call('GET /staff/dead-letters');
      console.log(table(items, ['queue', 'messages', 'waiting']));
    });
  command
    .command('show <queue>')
    .description('look into a queue; the letters stay')
    .option('--limit <n>', 'so many at most (1-100)', '20')
    .option('--bodies', 'with what they carry')
    .action(async (queue, { limit, bodies }, self) => {
      const { items } = await (await staffApi(self)).call(`GET /staff/dead-letters/${queue}?limit=${limit}`);
      for (const letter of items as Letter[]) show(letter, bodies);
      console.log(`${items.length} shown`);
    });
  command
    .command('redrive <queue> [ids...]')
    .description('send letters on to where they were given up: those named, or all that are there now')
    .option('--rate <n/s>', 'so many a second or minute', rate, rate('5/s'))
    .option('--dry-run', 'say what would be sent on')
    .option('--wait <seconds>', 'for the target queue to have done its work', Number, 60)
    .action(async (queue, ids, options, self) => {
      process.exitCode = await redrive(await staffApi(self), queue, ids, options);
    });
  command
    .command('discard <queue> <ids...>')
    .description('end letters for good')
    .requiredOption('--reason <word>', `one of ${DISCARD_REASONS.join(', ')}`)
    .action(async (queue, ids: string[], { reason }, self) => {
      const path = `POST /staff/dead-letters/${queue}/discard`;
      const { discarded } = await (await staffApi(self)).call(path, { ids, reason });
      for (const id of ids) console.log(`${discarded.includes(id) ? 'gone     ' : 'not there'}  ${id}`);
      if (discarded.length < ids.length) process.exitCode = 1;
    });
  return command;
}

function show({ id, sentAt, reason, correlationId, body }: Letter, withBody: boolean): void {
  console.log(`${id}  ${sentAt}  ${correlationId ?? '-'}\n  ${reason ?? 'ran out of receives'}`);
  if (withBody) console.log(`  ${body}`);
}

interface RedriveOptions {
  rate: number;
  dryRun?: boolean;
  wait: number;
}

/** @returns 1 when a letter could not be sent on, or came back */
async function redrive(
  api: StaffApi,
  queue: string,
  ids: string[],
  { rate: every, dryRun, wait }: RedriveOptions,
) {
  const path = `/staff/dead-letters/${queue}`;
  if (dryRun) {
    const { items } = await api.call(`GET ${path}?limit=100`);
    const meant = (items as Letter[]).filter(({ id }) => ids.length === 0 || ids.includes(id));
    for (const letter of meant) show(letter, false);
    console.log(`${meant.length} would be sent on${items.length === 100 ? ', and those behind them' : ''}`);
    return 0;
  }
  const before = new Date().toISOString();
  const sent = await sendOn(api, `POST ${path}/redrive`, { ids, before, every });
  const returned = sent.digests.size > 0 ? await cameBack(api, queue, sent.digests, { before, wait }) : [];
  for (const letter of returned) show(letter, false);
  console.log(`${sent.digests.size} sent on, ${sent.failed} stayed, ${returned.length} came back`);
  return sent.failed + returned.length > 0 ? 1 : 0;
}

/** One at a time, so that a stop loses nothing: what was sent on is gone from the queue, the rest is still there. */
async function sendOn(
  api: StaffApi,
  route: string,
  { ids, before, every }: { ids: string[]; before: string; every: number },
): Promise<{ digests: Set<string>; failed: number }> {
  const digests = new Set<string>();
  const stayed = new Set<string>();
  for await (const { id, digest, outcome } of lettersSentOn(api, route, ids, before)) {
    // All that is left stayed before: nothing more can be sent on.
    if (stayed.has(id)) break;
    console.log(`${outcome.padEnd(10)} ${id}`);
    if (outcome === 'RETRIED') digests.add(digest);
    else stayed.add(id);
    await pause(every);
  }
  return { digests, failed: stayed.size };
}

interface SentOn {
  id: string;
  digest: string;
  outcome: string;
}

/** Those named, each once; else the next one until there is none. */
async function* lettersSentOn(
  api: StaffApi,
  route: string,
  ids: string[],
  before: string,
): AsyncGenerator<SentOn> {
  for (const id of ids) yield* (await api.call(route, { before, ids: [id] })).items;
  while (ids.length === 0) {
    const { items } = await api.call(route, { before, limit: 1 });
    if (items.length === 0) return;
    yield* items;
  }
}

/** Waits until the target queue is empty, then looks for the letters that lie here again. */
async function cameBack(
  api: StaffApi,
  queue: string,
  digests: Set<string>,
  { before, wait }: { before: string; wait: number },
): Promise<Letter[]> {
  const end = Date.now() + wait * 1000;
  for (;;) {
    const { items } = await api.call('GET /staff/dead-letters');
    const waiting =
      (items as { queue: string; waiting: number }[]).find((one) => one.queue === queue)?.waiting ?? 0;
    if (waiting === 0) break;
    if (Date.now() > end) {
      console.log(`${waiting} still being worked on after ${wait} s; look again with dlq show ${queue}`);
      break;
    }
    await pause(1000);
  }
  const { items } = await api.call(`GET /staff/dead-letters/${queue}?limit=100`);
  return (items as Letter[]).filter(({ digest, sentAt }) => digests.has(digest) && sentAt > before);
}
