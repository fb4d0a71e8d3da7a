import { Unanswered } from '../../services/maintenance/ports/books';
import type { Cleaner } from '../../services/maintenance/ports/cleaner';
import { cleanUp } from '../../services/maintenance/use-cases/clean-up';
import { MINUTE } from '../../shared/kernel/time';
import { MemoryRuns } from './support/memory-house';

/** Removes the odd ones of so many things, three a page. */
class Shelf implements Cleaner {
  readonly asked: { cursor?: string; dryRun: boolean }[] = [];
  failing = false;
  constructor(
    readonly name: string,
    readonly things: Set<number>,
  ) {}

  async page(page: { cursor?: string; dryRun: boolean }) {
    this.asked.push(page);
    if (this.failing) throw new Unanswered('orderly-local-cleanUpOrders failed: Unhandled');
    const from = Number(page.cursor ?? -1);
    const all = [...this.things].filter((thing) => thing > from).sort((a, b) => a - b);
    const some = all.slice(0, 3);
    const odd = some.filter((thing) => thing % 2 === 1);
    if (!page.dryRun) for (const thing of odd) this.things.delete(thing);
    return {
      seen: some.length,
      removed: odd.length,
      cursor: all.length > 3 ? String(some.at(-1)) : undefined,
    };
  }
}

const upTo = (many: number) => new Set(Array.from({ length: many }, (_, index) => index));

function house() {
  const clock = { now: 1 };
  const shelves = [new Shelf('orders', upTo(10)), new Shelf('uploads', upTo(4))] as const;
  const told: string[] = [];
  const tell = (service: string, error: unknown) => void told.push(`${service}: ${error}`);
  const runs = new MemoryRuns(clock);
  return { clock, shelves, told, ports: { cleaners: shelves, runs, hasTime: () => true, tell } };
}

test('every service cleans up its own, page by page, and one summary counts it', async () => {
  const { ports, shelves } = house();
  expect(await cleanUp(ports, { dryRun: false })).toEqual({
    outcome: 'DONE',
    dryRun: false,
    counts: { orders: { seen: 10, removed: 5 }, uploads: { seen: 4, removed: 2 } },
    failed: [],
  });
  expect(shelves.map(({ things }) => [...things])).toEqual([
    [0, 2, 4, 6, 8],
    [0, 2],
  ]);
});

test('a dry run counts the same and removes nothing', async () => {
  const { ports, shelves } = house();
  const dry = await cleanUp(ports, { dryRun: true });
  expect(shelves[0].things.size).toBe(10);
  expect((await cleanUp(ports, { dryRun: false })).counts).toEqual(dry.counts);
});

test('a second run finds nothing to remove', async () => {
  const { ports } = house();
  await cleanUp(ports, { dryRun: false });
  expect((await cleanUp(ports, { dryRun: false })).counts).toEqual({
    orders: { seen: 5, removed: 0 },
    uploads: { seen: 2, removed: 0 },
  });
});

test('a run out of time is gone on with from its page', async () => {
  const { ports, shelves } = house();
  let pages = 0;
  const first = await cleanUp({ ...ports, hasTime: () => ++pages < 2 }, { dryRun: false });
  expect(first.outcome).toBe('PAUSED');
  const asked = shelves[0].asked.length;
  expect(await cleanUp(ports, { dryRun: false })).toMatchObject({
    outcome: 'DONE',
    counts: { orders: { seen: 10, removed: 5 }, uploads: { seen: 4, removed: 2 } },
  });
  expect(shelves[0].asked[asked]?.cursor).toBe('5');
});

test('two runs at once: one works, the other leaves it alone', async () => {
  const { ports } = house();
  const both = await Promise.all([cleanUp(ports, { dryRun: false }), cleanUp(ports, { dryRun: false })]);
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(['BUSY', 'DONE']);
});

test('a service that fails keeps no other from its cleanup, and is begun anew by the next run', async () => {
  const { ports, shelves } = house();
  shelves[0].failing = true;
  expect(await cleanUp(ports, { dryRun: false })).toMatchObject({
    outcome: 'DONE_IN_PART',
    failed: ['orders'],
    counts: { uploads: { removed: 2 } },
  });
  shelves[0].failing = false;
  expect(await cleanUp(ports, { dryRun: false })).toMatchObject({
    outcome: 'DONE',
    counts: { orders: { removed: 5 } },
  });
});

test.each([true, false])(
  'with dryRun %p, why a service failed is told, by name and message',
  async (dryRun) => {
    const { ports, shelves, told } = house();
    shelves[0].failing = true;
    expect(await cleanUp(ports, { dryRun })).toMatchObject({ outcome: 'DONE_IN_PART', failed: ['orders'] });
    expect(told).toEqual(['orders: Unanswered: orderly-local-cleanUpOrders failed: Unhandled']);
  },
);

test('a run that was killed between two pages is gone on with once its lease has ended', async () => {
  const { ports, shelves, clock } = house();
  const { runs } = ports;
  const dying = {
    take: async <State>(job: string) => {
      const run = await runs.take<State>(job);
      if (!run) return undefined;
      const keep = async (state: State) => {
        await run.keep(state);
        throw new Error('killed');
      };
      return { ...run, keep, end: () => new Promise<void>(() => undefined) };
    },
  };
  void cleanUp({ ...ports, runs: dying }, { dryRun: false });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await cleanUp(ports, { dryRun: false })).toMatchObject({ outcome: 'BUSY' });
  clock.now += 6 * MINUTE;
  expect(await cleanUp(ports, { dryRun: false })).toMatchObject({ outcome: 'DONE' });
  expect([...shelves[0].things]).toEqual([0, 2, 4, 6, 8]);
});
