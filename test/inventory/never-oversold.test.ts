import fc from 'fast-check';
import { HOUR } from '../../shared/kernel/time';
import { MemoryTables } from './support/memory-tables';
import { Saga } from './support/saga';

const PRODUCTS = ['mug', 'jam', 'tea'] as const;
const ORDERS = ['o1', 'o2', 'o3', 'o4'] as const;

const act = fc.oneof(
  fc.record({
    kind: fc.constantFrom('reserve', 'ask', 'commit', 'release'),
    order: fc.nat(ORDERS.length - 1),
    attempt: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constantFrom('sweep', 'later'), order: fc.constant(0), attempt: fc.constant(1) }),
);

/** Levels of each shard, and what each order wants: small numbers, so that they run short. */
const world = fc.record({
  levels: fc.tuple(...PRODUCTS.map(() => fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }))),
  wants: fc.tuple(
    ...ORDERS.map(() =>
      fc.dictionary(fc.constantFrom(...PRODUCTS), fc.integer({ min: 1, max: 5 }), { minKeys: 1 }),
    ),
  ),
  lost: fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
});

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function perform(
  saga: Saga,
  wants: Record<string, number>[],
  { kind, order, attempt }: Act,
): Promise<unknown> {
  const orderId = ORDERS[order] as string;
  if (kind === 'reserve') return saga.reserve(orderId, attempt, wants[order] as Record<string, number>);
  if (kind === 'ask') return saga.ask(orderId, attempt, wants[order] as Record<string, number>);
  if (kind === 'commit') return saga.commit(orderId, attempt);
  if (kind === 'release') return saga.release(orderId, attempt);
  if (kind === 'later') saga.now += HOUR;
  return kind === 'sweep' ? saga.sweep() : Promise.resolve();
}

const setUp = ({ levels, lost }: { levels: number[][]; lost: fc.Stream<number> }) => {
  const tables = new MemoryTables(
    Object.fromEntries(PRODUCTS.map((id, index) => [id, levels[index] as number[]])),
  );
  tables.mishap = () => (lost.next().value === 0 ? 'answer lost' : 'none');
  return { tables, saga: new Saga(tables), initial: PRODUCTS.map((id) => tables.available(id)) };
};

/** Invariant: what was there at first = available + held + sold, and nothing ever is below zero. */
function addsUp(tables: MemoryTables, initial: number[]): void {
  const taken = (productId: string) =>
    [...tables.rows.values()]
      .filter(({ state }) => state === 'HELD' || state === 'COMMITTED')
      .flatMap(({ lines }) => lines)
      .filter((line) => line.productId === productId)
      .reduce((total, { quantity }) => total + quantity, 0);
  expect(Math.min(...tables.stock.values())).toBeGreaterThanOrEqual(0);
  expect(PRODUCTS.map((id) => tables.available(id) + taken(id))).toEqual(initial);
}

/** A step may fail for a lost answer, or as a fault it names; what counts is what the tables say. */
const survive = (step: Promise<unknown>): Promise<unknown> => step.catch(() => undefined);

test('steps in any order, with lost answers, never oversell and always add up', async () => {
  await fc.assert(
    fc.asyncProperty(world, fc.array(act, { maxLength: 25 }), async (given, acts) => {
      const { tables, saga, initial } = setUp(given);
      for (const one of acts) {
        await survive(perform(saga, given.wants, one));
        addsUp(tables, initial);
      }
    }),
    { numRuns: 1000 },
  );
});

test('steps that interleave at every call, with lost answers, never oversell and always add up', async () => {
  await fc.assert(
    fc.asyncProperty(
      world,
      fc.array(act, { maxLength: 12 }),
      fc.scheduler(),
      async (given, acts, scheduler) => {
        const { tables, saga, initial } = setUp(given);
        tables.yields = () => scheduler.schedule(Promise.resolve());
        const all = Promise.all(acts.map((one) => survive(perform(saga, given.wants, one))));
        await scheduler.waitFor(all);
        addsUp(tables, initial);
      },
    ),
    { numRuns: 1000 },
  );
});

test('a reserve tried until it answers holds its lines once, whatever answers got lost', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const { tables, saga, initial } = setUp(given);
      const wants = given.wants[0] as Record<string, number>;
      const untilAnswered = async (): Promise<string> =>
        saga.reserve('o1', 1, wants).catch(() => untilAnswered());
      const outcome = await untilAnswered();
      const enough = PRODUCTS.every((id, index) => (wants[id] ?? 0) <= (initial[index] as number));
      expect(outcome).toBe(enough ? 'RESERVED' : 'OUT_OF_STOCK');
      expect(tables.rows.get('o1')?.state).toBe(enough ? 'HELD' : undefined);
      addsUp(tables, initial);
    }),
  );
});
