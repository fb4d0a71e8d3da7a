import fc from 'fast-check';
import { MAX_UPDATES } from '../../services/clickstream/domain/commit-plan';
import { countClicks } from '../../services/clickstream/use-cases/count-clicks';
import { MINUTE } from '../../shared/kernel/time';
import { arrived, NOON, type Parked, view } from './support/lines';
import { MemoryLedger, silentTally } from './support/memory-ledger';

const portsOf = (ledger: MemoryLedger) => ({
  ledger,
  tally: silentTally,
  memories: new Map(),
  parked: new Set<string>(),
});

/** A call of a client: some of 60 clicks, so that many are sent twice, of few or very many pages. */
const call = fc.array(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 30 });
const pages = fc.constantFrom(1, 3, 500);

/** Two environments, deliveries that die before or after a commit, cold starts in between. */
const deliveries = fc.array(
  fc.record({
    environment: fc.integer({ min: 0, max: 1 }),
    cold: fc.boolean(),
    batch: fc.integer({ min: 1, max: 6 }),
    fates: fc.array(fc.constantFrom('done', 'lost', 'done, answer lost'), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
);

test('each click is counted once, however batches are cut, delivered again, cut off and taken over', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { minLength: 1, maxLength: 12 }),
      pages,
      deliveries,
      async (calls, many, plan) => {
        const ledger = new MemoryLedger();
        const records = calls.map((ids, index) =>
          arrived(
            index + 1,
            ids.map((id) => view(`c${id}`, { page: `/${id % many}`, productId: `p${id % many}` })),
          ),
        );
        const environments = [portsOf(ledger), portsOf(ledger)];
        let position = 0;
        const deliver = async (environment: number, size: number) => {
          const ports = environments[environment] ?? portsOf(ledger);
          await countClicks(ports, { shardId: 's0', records: records.slice(position, position + size) });
          position += size;
        };
        for (const { environment, cold, batch, fates } of plan) {
          if (position >= records.length) break;
          if (cold) environments[environment] = portsOf(ledger);
          const left = [...fates];
          ledger.fate = () => left.shift() ?? 'done';
          await deliver(environment, batch).catch(() => undefined);
        }
        ledger.fate = () => 'done';
        while (position < records.length) await deliver(0, 4);
        const different = new Set(calls.flat()).size;
        for (const dimension of ['summary', 'page', 'product'])
          expect([dimension, ledger.sum(dimension, 'view')]).toEqual([dimension, different]);
      },
    ),
    { numRuns: 300 },
  );
});

test('each click is counted once when its shard is split and the call comes again to a child', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { minLength: 1, maxLength: 6 }),
      fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      async (calls, left) => {
        const ledger = new MemoryLedger({ left: ['s0'], right: ['s0'], leftmost: ['left', 's0'] });
        const send = async (shardId: string, ids: number[], sequence: number) =>
          countClicks(portsOf(ledger), {
            shardId,
            records: [
              arrived(
                sequence,
                ids.map((id) => view(`c${id}`)),
              ),
            ],
          });
        for (const [index, ids] of calls.entries()) await send('s0', ids, index + 1);
        // A session goes one way: all calls again to one child, then to a child of that child.
        const child = left[0] ? 'left' : 'right';
        for (const [index, ids] of calls.entries()) await send(child, ids, 100 + index);
        if (child === 'left')
          for (const [index, ids] of calls.entries()) await send('leftmost', ids, 200 + index);
        expect(ledger.sum('page', 'view')).toBe(new Set(calls.flat()).size);
      },
    ),
  );
});

test('two environments that read one shard at once count nothing twice', async () => {
  const ledger = new MemoryLedger();
  const records = [arrived(1, [view('a'), view('b')]), arrived(2, [view('b'), view('c')])];
  await Promise.all([
    countClicks(portsOf(ledger), { shardId: 's0', records }),
    countClicks(portsOf(ledger), { shardId: 's0', records }),
  ]);
  expect(ledger.sum('page', 'view')).toBe(3);
});

test('a warm environment learns what another one counted meanwhile', async () => {
  const ledger = new MemoryLedger();
  const [one, other] = [portsOf(ledger), portsOf(ledger)];
  await countClicks(one, { shardId: 's0', records: [arrived(1, [view('a')])] });
  await countClicks(other, { shardId: 's0', records: [arrived(2, [view('b')])] });
  await countClicks(one, { shardId: 's0', records: [arrived(3, [view('a'), view('b'), view('c')])] });
  expect(ledger.sum('page', 'view')).toBe(3);
});

test.each([
  ['after 15 minutes is known', 15 * MINUTE, 1],
  ['after an hour is a click of its own', 60 * MINUTE, 2],
])('a call sent again %s', async (_what, later, times) => {
  for (const fresh of [true, false]) {
    const ledger = new MemoryLedger();
    const ports = portsOf(ledger);
    await countClicks(ports, { shardId: 's0', records: [arrived(1, [view('a')], [], NOON)] });
    const again = { shardId: 's0', records: [arrived(2, [view('a')], [], NOON + later)] };
    await countClicks(fresh ? portsOf(ledger) : ports, again);
    expect(ledger.sum('page', 'view')).toBe(times);
  }
});

test('a batch is one commit while it fits, and 500 events of 500 pages are cut within their record', async () => {
  const ledger = new MemoryLedger();
  await countClicks(portsOf(ledger), {
    shardId: 's0',
    records: [1, 2, 3].map((n) => arrived(n, [view(`${n}`)])),
  });
  expect(ledger.commits).toHaveLength(1);
  const wide = Array.from({ length: 500 }, (_, n) => view(`w${n}`, { page: `/${n}`, productId: `p${n}` }));
  await countClicks(portsOf(ledger), { shardId: 's0', records: [arrived(4, wide)] });
  expect(ledger.commits.length).toBeGreaterThan(1000 / MAX_UPDATES);
  expect(Math.max(...ledger.commits.map(({ cells }) => cells.length))).toBeLessThanOrEqual(MAX_UPDATES);
  expect(ledger.sum('page', 'view')).toBe(503);
});

test('a batch is cut at the boundary of a record where the next one would not fit', async () => {
  const ledger = new MemoryLedger();
  const pagesFrom = (start: number) =>
    Array.from({ length: 60 }, (_, n) => view(`${start + n}`, { page: `/${start + n}` }));
  await countClicks(portsOf(ledger), {
    shardId: 's0',
    records: [arrived(1, pagesFrom(0)), arrived(2, pagesFrom(100))],
  });
  expect(ledger.commits.map(({ keys }) => keys.length)).toEqual([60, 60]);
  expect(ledger.commits.every(({ checkpoint }) => checkpoint.endsWith('#~'))).toBe(true);
});

describe('poison', () => {
  test('a record that makes no sense is parked with its reason; its neighbours are counted', async () => {
    const [ledger, parked]: [MemoryLedger, Parked[]] = [new MemoryLedger(), []];
    const records = [arrived(1, [view('a')]), arrived(2, undefined, parked), arrived(3, [view('b')])];
    await countClicks(portsOf(ledger), { shardId: 's0', records });
    expect(parked).toEqual([{ sequence: '2', reason: 'not one of ours' }]);
    expect(ledger.sum('page', 'view')).toBe(2);
    await countClicks(portsOf(ledger), { shardId: 's0', records });
    expect(parked).toHaveLength(1);
  });

  test('is parked once by an environment whose batch comes again since the table takes no writes', async () => {
    const [ledger, parked]: [MemoryLedger, Parked[]] = [new MemoryLedger(), []];
    const records = [arrived(1, [view('a')]), arrived(2, undefined, parked)];
    const ports = portsOf(ledger);
    ledger.fate = () => 'lost';
    for (let time = 0; time < 3; time += 1)
      await expect(countClicks(ports, { shardId: 's0', records })).rejects.toThrow('died');
    ledger.fate = () => 'done';
    await countClicks(ports, { shardId: 's0', records });
    expect(parked).toHaveLength(1);
    expect(ledger.sum('page', 'view')).toBe(1);
  });

  test('a record that the table refuses for good is found among its neighbours and parked alone', async () => {
    const [ledger, parked]: [MemoryLedger, Parked[]] = [new MemoryLedger(), []];
    ledger.poisonedPage = '/poison';
    const records = [1, 2, 3, 4].map((n) =>
      arrived(n, [view(`c${n}`, { page: n === 3 ? '/poison' : '/a' })], parked),
    );
    await countClicks(portsOf(ledger), { shardId: 's0', records });
    expect(parked).toEqual([{ sequence: '3', reason: 'refused for good' }]);
    expect(ledger.sum('page', 'view')).toBe(3);
  });
});

test('a late click is counted in its own minute, a session in that of its start, and without one where none was told', async () => {
  const ledger = new MemoryLedger();
  const lines = [
    view('late', { at: '2029-12-31T23:59:59.999Z' }),
    view('start', { kind: 'session_start' }),
    view('private', { kind: 'session_start', sessionId: undefined, id: undefined }),
    view('bots', { kind: 'bot', count: 7, page: undefined }),
  ];
  await countClicks(portsOf(ledger), { shardId: 's0', records: [arrived(1, lines)] });
  expect([...ledger.counts.keys()]).toContain('page\n2029-12-31T23:59:00.000Z\n/a\ns0\nview');
  const all = (what: string) => ledger.sum('summary', what);
  expect([all('session_start'), all('session'), all('bot'), all('mobile:view')]).toEqual([2, 1, 7, 1]);
});
