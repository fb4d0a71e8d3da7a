import type { StaffApi } from './staff-api';

export interface Letter {
  id: string;
  digest: string;
  sentAt: string;
  reason?: string;
  correlationId?: string;
  body: string;
}

interface Ports {
  api: StaffApi;
  pause: (milliseconds: number) => Promise<unknown>;
}

interface RedriveOptions {
  /** Milliseconds between two letters. */
  rate: number;
  dryRun?: boolean;
  /** Seconds for the target queue to have done its work. */
  wait: number;
}

/** As many as the API shows at once. */
const PAGE = 100;

/** So many may stay before a run ends: the API passes over no more. */
const MOST_STAY = 100;

/** SQS counts approximately, and late: two looks are not at once. */
const BETWEEN_LOOKS = 2000;

/** A stream does not say how far it is read: its reader is a second or two behind, and parks at once what it cannot take. */
const STREAM_IS_READ = 10_000;

export function show({ id, sentAt, reason, correlationId, body }: Letter, withBody: boolean): void {
  console.log(`${id}  ${sentAt}  ${correlationId ?? '-'}\n  ${reason ?? 'ran out of receives'}`);
  if (withBody) console.log(`  ${body}`);
}

const tell = (outcome: string, id: string): void => console.log(`${outcome.padEnd(10)} ${id}`);

const look = async (api: StaffApi, queue: string): Promise<Letter[]> =>
  (await api.call(`GET /staff/dead-letters/${queue}?limit=${PAGE}`)).items;

/** @returns 1 unless each letter that was meant is sent on, and its consumer was content with it */
export async function redrive(
  { api, pause }: Ports,
  queue: string,
  ids: string[],
  { rate: every, dryRun, wait }: RedriveOptions,
): Promise<number> {
  if (dryRun) return rehearse(api, queue, ids);
  const before = new Date().toISOString();
  const sent = await sendOn({ api, pause }, queue, { ids, before, every });
  const decided = sent.count === 0 || (await isDone({ api, pause }, queue, wait));
  const back = sent.count === 0 ? [] : await cameBack(api, queue, sent.digests, before);
  for (const letter of back) show(letter, false);
  const missing = sent.missing > 0 ? `, ${sent.missing} not there` : '';
  console.log(`${sent.count} sent on, ${sent.stayed} stayed, ${back.length} came back${missing}`);
  return sent.stayed + sent.missing + back.length > 0 || !decided ? 1 : 0;
}

async function rehearse(api: StaffApi, queue: string, ids: string[]): Promise<number> {
  const letters = await look(api, queue);
  const meant = letters.filter(({ id }) => ids.length === 0 || ids.includes(id));
  for (const letter of meant) show(letter, false);
  const missing = ids.filter((wanted) => !meant.some(({ id }) => id === wanted));
  for (const id of missing) tell('NOT_THERE', id);
  const others = ids.length === 0 && letters.length === PAGE ? ', and those behind them' : '';
  console.log(`${meant.length} would be sent on${others}`);
  return missing.length > 0 ? 1 : 0;
}

interface Tried {
  id: string;
  digest?: string;
  outcome: 'RETRIED' | 'FAILED' | 'NO_CONTENT' | 'NOT_THERE';
}

interface SentOn {
  count: number;
  digests: Set<string>;
  stayed: number;
  missing: number;
}

/** One at a time, so that a stop loses nothing: what was sent on is gone from the queue, the rest is still there. */
async function sendOn(
  { api, pause }: Ports,
  queue: string,
  { ids, before, every }: { ids: string[]; before: string; every: number },
): Promise<SentOn> {
  const sent: SentOn = { count: 0, digests: new Set(), stayed: 0, missing: 0 };
  const next = (which: object) =>
    api.call(`POST /staff/dead-letters/${queue}/redrive`, { before, ...which }).then(({ items }) => items[0]);
  for await (const { id, digest = '', outcome } of ids.length > 0 ? named(next, ids) : all(next)) {
    tell(outcome, id);
    if (outcome === 'RETRIED') {
      sent.count += 1;
      sent.digests.add(digest);
    } else if (outcome === 'NOT_THERE') sent.missing += 1;
    else sent.stayed += 1;
    await pause(every);
  }
  return sent;
}

type Next = (which: object) => Promise<Tried | undefined>;

async function* named(next: Next, ids: string[]): AsyncGenerator<Tried> {
  for (const id of ids) yield (await next({ ids: [id] })) ?? { id, outcome: 'NOT_THERE' };
}

/** One that stays is passed over from then on: it lies in front of the others, and its function ran for it. */
async function* all(next: Next): AsyncGenerator<Tried> {
  const except: string[] = [];
  while (except.length < MOST_STAY) {
    const tried = await next({ limit: 1, ...(except.length > 0 ? { except } : {}) });
    if (!tried) return;
    if (tried.outcome !== 'RETRIED') except.push(tried.id);
    yield tried;
  }
  console.log(`${MOST_STAY} stay; those behind them were not tried: end some, then go on`);
}

/** Waits until the target queue is empty at two looks, or a stream has been read. @returns false when that takes too long */
async function isDone({ api, pause }: Ports, queue: string, wait: number): Promise<boolean> {
  const end = Date.now() + wait * 1000;
  for (let empty = 0; ; ) {
    const { items } = await api.call('GET /staff/dead-letters');
    const sizes = items as { queue: string; waiting?: number }[];
    const waiting = sizes.find((one) => one.queue === queue)?.waiting;
    if (waiting === undefined) return pause(STREAM_IS_READ).then(() => true);
    empty = waiting === 0 ? empty + 1 : 0;
    if (empty === 2) return true;
    if (waiting > 0 && Date.now() > end) {
      console.log(`${waiting} still being worked on after ${wait} s; look again with dlq show ${queue}`);
      return false;
    }
    await pause(BETWEEN_LOOKS);
  }
}

const cameBack = async (
  api: StaffApi,
  queue: string,
  digests: Set<string>,
  before: string,
): Promise<Letter[]> =>
  (await look(api, queue)).filter(({ digest, sentAt }) => digests.has(digest) && sentAt > before);
