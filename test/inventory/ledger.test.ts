import fc from 'fast-check';
import { replay, returnMovementId } from '../../services/inventory/domain/ledger';
import { backorderLimit } from '../../services/inventory/domain/product';
import { MemoryBackOffice } from './support/memory-back-office';
import { Saga } from './support/saga';
import { Staff } from './support/staff';

const ORDERS = ['o1', 'o2', 'o3', 'o4', 'o5'];

const act = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('reserve' as const),
      n: fc.nat(4),
      units: fc.integer({ min: 1, max: 6 }),
    }),
  },
  fc.record({
    kind: fc.constantFrom('commit' as const, 'release' as const),
    n: fc.nat(4),
    units: fc.constant(0),
  }),
  fc.record({
    kind: fc.constant('move' as const),
    n: fc.constant(0),
    units: fc.integer({ min: -6, max: 6 }),
  }),
  fc.record({
    kind: fc.constant('shards' as const),
    n: fc.integer({ min: 1, max: 8 }),
    units: fc.constant(0),
  }),
  fc.record({ kind: fc.constant('backorder' as const), n: fc.nat(4), units: fc.constant(0) }),
);

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const world = async (stock: number) => {
  const office = new MemoryBackOffice();
  const staff = new Staff(office);
  const { id } = await staff.create(stock);
  return { office, staff, id, saga: new Saga(office.tables), tables: office.tables };
};

type World = Awaited<ReturnType<typeof world>>;

function perform({ staff, saga, id }: World, { kind, n, units }: Act): Promise<unknown> {
  const order = ORDERS[n] ?? 'o1';
  if (kind === 'reserve') return saga.reserve(order, 1, { [id]: units });
  if (kind === 'commit') return saga.commit(order, 1);
  if (kind === 'release') return saga.release(order, 1);
  if (kind === 'move') return units === 0 ? Promise.resolve() : staff.move(id, units);
  if (kind === 'shards') return staff.edit(id, { stockShards: n });
  return staff.edit(id, { backorder: { limit: n, expectedAt: '2030-02-01' } });
}

/** The ledger, replayed, is the stock: what can be ordered less what may be ordered beyond it. */
function addsUp({ office, tables, id }: World): void {
  const product = office.products.get(id);
  if (!product) throw new Error('no product');
  expect(replay(office.movements, tables.rows.values()).get(id)).toBe(
    tables.available(id) - backorderLimit(product),
  );
  expect(Math.min(...tables.stock.values())).toBeGreaterThanOrEqual(0);
}

test('whatever orders and staff do, one after another, the ledger adds up to the stock after each', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(12), fc.array(act, { maxLength: 20 }), async (stock, acts) => {
      const shop = await world(stock);
      for (const one of acts) {
        await perform(shop, one).catch(() => undefined);
        addsUp(shop);
      }
    }),
    { numRuns: 400 },
  );
});

test('orders that race staff who spread, fold, restock and adjust leave a ledger that adds up and no unit out of reach', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(12),
      fc.array(act, { maxLength: 10 }),
      fc.scheduler(),
      async (stock, acts, scheduler) => {
        const shop = await world(stock);
        shop.tables.yields = () => scheduler.schedule(Promise.resolve());
        await scheduler.waitFor(Promise.all(acts.map((one) => perform(shop, one).catch(() => undefined))));
        shop.tables.yields = () => Promise.resolve();
        addsUp(shop);
        const left = shop.tables.available(shop.id);
        if (left === 0) return;
        expect(await shop.saga.reserve('last', 1, { [shop.id]: left })).toBe('RESERVED');
        expect(await shop.saga.reserve('one more', 1, { [shop.id]: 1 })).toBe('OUT_OF_STOCK');
      },
    ),
    { numRuns: 600 },
  );
});

test('the movement of a return is named after it, and sorts among the others', () => {
  expect(returnMovementId('ret_01KA000008ENAME1MVG0000000')).toBe('mov_01KA000008ENAME1MVG0000000');
});
