import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { demoToken } from './local/demo-token';
import { Problem, run } from './local/problem';
import { readRunningStack } from './local/running-stack';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const A_CALL = 500;
const AT_ONCE = 4;
const TRIES = 5;
const LIMIT_MS = 60_000;
const KINDS = ['session_start', 'view', 'view', 'view', 'view', 'cart', 'cart', 'order', 'click'];

const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';

interface Call {
  sessionId: string;
  events: { id: string; kind: string; page: string; productId: string; at: string }[];
}

/** `npm run clicks [-- <how many>]`: sends clicks twice, and shows what was sent and what was counted side by side. */
void run(async () => {
  const many = Number(process.argv[2] ?? 10_000);
  if (!Number.isInteger(many) || many < 1 || many > 100_000)
    throw new Problem('How many clicks? 1 to 100,000.', 'npm run clicks -- 10000');
  const stack = await readRunningStack();
  const token = await demoToken(stack, 'staff');
  // A minute of the last year, so that nothing else was counted in it.
  const minute = Math.floor((Date.now() - (40 + Math.random() * 300) * DAY) / MINUTE) * MINUTE;
  const calls = callsOf(many, minute);
  for (const time of ['once', 'twice']) {
    const { accepted, again } = await sendAll(stack.apiUrl, calls);
    console.log(`sent ${time}: ${calls.length} calls, ${accepted} accepted, ${again} tried again`);
  }
  const counted = await countedIn(stack.apiUrl, token, minute, calls);
  const sent = sumOf(calls.flatMap(({ events }) => events.map(({ kind }): [string, number] => [kind, 1])));
  console.log(`\n${new Date(minute).toISOString()}   clicks  counted`);
  for (const [kind, count] of Object.entries(sent)) line(kind, count, counted[kind] ?? 0);
  const all = total(counted);
  line('all', many, all);
  return all === many ? 0 : 1;
});

const line = (name: string, ...figures: number[]): void =>
  console.log(name.padEnd(26) + figures.map((figure) => String(figure).padStart(8)).join(' '));

const total = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((all, count) => all + count, 0);

function sumOf(counts: [string, number][]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, count] of counts) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

function callsOf(many: number, minute: number): Call[] {
  return Array.from({ length: Math.ceil(many / A_CALL) }, (_, call) => ({
    sessionId: `ses_${randomUUID()}`,
    events: Array.from({ length: Math.min(A_CALL, many - call * A_CALL) }, (_, n) => ({
      id: randomUUID(),
      kind: KINDS[n % KINDS.length] ?? 'view',
      page: `/products/${n % 30}`,
      productId: `prd_${n % 30}`,
      at: new Date(minute + n * 100).toISOString(),
    })),
  }));
}

/** Sends a call as a page does: what was not taken is sent again as it was. */
async function send(apiUrl: string, call: Call): Promise<{ accepted: number; again: number }> {
  for (let again = 0; again < TRIES; again += 1) {
    const answer = await fetch(`${apiUrl}/clicks`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain;charset=UTF-8', 'user-agent': BROWSER },
      body: JSON.stringify(call),
    });
    if (answer.status === 202) {
      const { accepted } = (await answer.json()) as { accepted: number };
      return { accepted, again };
    }
    await pause(1000);
  }
  throw new Problem(
    `A call was not taken in ${TRIES} tries.`,
    'npm run local:status, and the log of ingestClicks',
  );
}

async function sendAll(apiUrl: string, calls: Call[]): Promise<{ accepted: number; again: number }> {
  const waiting = [...calls];
  const sums = { accepted: 0, again: 0 };
  const sender = async () => {
    for (let call = waiting.shift(); call; call = waiting.shift()) {
      const { accepted, again } = await send(apiUrl, call);
      sums.accepted += accepted;
      sums.again += again;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  return sums;
}

async function kindsOf(apiUrl: string, token: string, minute: number): Promise<Record<string, number>> {
  const at = new Date(minute).toISOString();
  const answer = await fetch(`${apiUrl}/analytics/clicks?by=kind&from=${at}&to=${at}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`GET /analytics/clicks: ${answer.status} ${await answer.text()}`);
  const { items } = (await answer.json()) as { items: { counts: Record<string, number> }[] };
  return sumOf(items.flatMap(({ counts }) => Object.entries(counts)));
}

/** A last click of each session is counted after all that it sent before. */
async function countedIn(
  apiUrl: string,
  token: string,
  minute: number,
  calls: Call[],
): Promise<Record<string, number>> {
  const last = minute - 2 * MINUTE;
  const at = new Date(last).toISOString();
  const event = { kind: 'click', page: '/last', productId: 'prd_0', at };
  await sendAll(
    apiUrl,
    calls.map(({ sessionId }) => ({ sessionId, events: [{ ...event, id: randomUUID() }] })),
  );
  const end = Date.now() + LIMIT_MS;
  while (total(await kindsOf(apiUrl, token, last)) < calls.length) {
    if (Date.now() > end)
      throw new Problem('The clicks are not counted after a minute.', 'See the log of countClicks');
    await pause(200);
  }
  return kindsOf(apiUrl, token, minute);
}
