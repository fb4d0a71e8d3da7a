import { type Letter, redrive } from '../../scripts/ops/redrive';
import type { StaffApi } from '../../scripts/ops/staff-api';

const LONG_AGO = '2026-11-20T09:30:00.000Z';
const letter = (id: string): Letter => ({ id, digest: `digest of ${id}`, sentAt: LONG_AGO, body: id });

interface Request {
  ids?: string[];
  except?: string[];
  limit?: number;
  before: string;
}

/** The staff API over one queue that hands out its oldest letters first, as SQS does with those that are let go. */
class OneQueue implements StaffApi {
  letters: Letter[];
  tried: string[] = [];
  /** Letters that are FAILED or NO_CONTENT whenever they are tried, and those that their consumer gives up again. */
  stays = new Set<string>();
  comesBack = new Set<string>();
  /** Those that their reader parks again some seconds later. */
  comesBackLate = new Set<string>();
  private onTheWay: Letter[] = [];
  /** What the target queue says of itself, look by look. */
  waiting: number[] = [];
  /** Letters go to a stream, which says nothing. */
  isStream = false;
  looks = 0;

  constructor(...ids: string[]) {
    this.letters = ids.map(letter);
  }

  async call(route: string, body?: unknown) {
    if (route.startsWith('POST')) return { items: this.redriven(body as Request) };
    if (!route.endsWith('limit=100')) {
      const waiting = this.isStream ? undefined : (this.waiting[this.looks++] ?? 0);
      return { items: [{ queue: 'some-dlq', waiting }] };
    }
    return { items: this.letters.slice(0, 100) };
  }

  /** Time goes by: what was on the way is there. */
  passes(milliseconds: number): void {
    if (milliseconds >= 5000) this.letters.push(...this.onTheWay.splice(0));
  }

  private redriven({ ids, except, limit = ids?.length, before }: Request) {
    const meant = this.letters.filter(
      ({ id, sentAt }) => sentAt < before && (ids?.includes(id) ?? !except?.includes(id)),
    );
    return meant.slice(0, limit).map((one) => {
      this.tried.push(one.id);
      if (this.stays.has(one.id)) return { ...one, outcome: 'FAILED' };
      this.letters = this.letters.filter(({ id }) => id !== one.id);
      const again = { ...one, id: `${one.id}-again`, sentAt: new Date(Date.now() + 1).toISOString() };
      if (this.comesBack.has(one.id)) this.letters.push(again);
      if (this.comesBackLate.has(one.id)) this.onTheWay.push(again);
      return { ...one, outcome: 'RETRIED' };
    });
  }
}

let said: string[];
let pauses: number[];
beforeEach(() => {
  [said, pauses] = [[], []];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => jest.restoreAllMocks());

const run = (api: OneQueue, ids: string[] = [], more: { dryRun?: boolean; wait?: number } = {}) => {
  const pause = async (milliseconds: number) => {
    pauses.push(milliseconds);
    api.passes(milliseconds);
  };
  return redrive({ api, pause }, 'some-dlq', ids, { rate: 200, wait: 0, ...more });
};

test('all letters are sent on, one after the other at the rate', async () => {
  const api = new OneQueue('a', 'b', 'c');
  expect(await run(api)).toBe(0);
  expect(api.tried).toEqual(['a', 'b', 'c']);
  expect(pauses.filter((one) => one === 200)).toHaveLength(3);
  expect(said.at(-1)).toBe('3 sent on, 0 stayed, 0 came back');
});

test('one that stays keeps no other from being sent on, and is tried once', async () => {
  const api = new OneQueue('bad', 'a', 'worse', 'b');
  api.stays = new Set(['bad', 'worse']);
  expect(await run(api)).toBe(1);
  expect(api.tried).toEqual(['bad', 'a', 'worse', 'b']);
  expect(said.at(-1)).toBe('2 sent on, 2 stayed, 0 came back');
});

test('a hundred that stay end the run, which says so', async () => {
  const ids = Array.from({ length: 101 }, (_, n) => `letter-${n}`);
  const api = new OneQueue(...ids);
  api.stays = new Set(ids);
  expect(await run(api)).toBe(1);
  expect(api.tried).toEqual(ids.slice(0, 100));
  expect(said).toContain('100 stay; those behind them were not tried: end some, then go on');
});

test('one that is given up again comes back, and does not go round', async () => {
  const api = new OneQueue('a', 'poison');
  api.comesBack.add('poison');
  expect(await run(api)).toBe(1);
  expect(api.tried).toEqual(['a', 'poison']);
  expect(said.at(-1)).toBe('2 sent on, 0 stayed, 1 came back');
});

test.each([true, false])(
  'a letter that was named and is not there is a failure (dry run: %s)',
  async (dryRun) => {
    const api = new OneQueue('a');
    expect(await run(api, ['a', 'gone'], { dryRun })).toBe(1);
    expect(said).toContain('NOT_THERE  gone');
    expect(api.tried).toEqual(dryRun ? [] : ['a']);
  },
);

test('a dry run sends nothing on', async () => {
  const api = new OneQueue('a', 'b');
  expect(await run(api, [], { dryRun: true })).toBe(0);
  expect(said.at(-1)).toBe('2 would be sent on');
  expect(api.tried).toEqual([]);
});

test('one empty look at the target queue is not believed, two after another are', async () => {
  const api = new OneQueue('a');
  api.waiting = [0, 1, 0, 0];
  expect(await run(api, [], { wait: 60 })).toBe(0);
  expect(api.looks).toBe(4);
  expect(pauses.filter((one) => one >= 1000)).toHaveLength(3);
});

test('a stream is given the time to be read before the run looks for what came back', async () => {
  const api = new OneQueue('a');
  api.isStream = true;
  api.comesBackLate.add('a');
  expect(await run(api)).toBe(1);
  expect(said.at(-1)).toBe('1 sent on, 0 stayed, 1 came back');
});

test('work that takes longer than the wait is a failure: nobody knows yet what becomes of it', async () => {
  const api = new OneQueue('a');
  api.waiting = Array.from({ length: 100 }, () => 1);
  expect(await run(api, [], { wait: -1 })).toBe(1);
  expect(said).toContain('1 still being worked on after -1 s; look again with dlq show some-dlq');
});
