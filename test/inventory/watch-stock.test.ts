import fc from 'fast-check';
import type { CloudEvent } from '../../events/envelope';
import type { StockLow } from '../../events/stock-events';
import { readStockImage } from '../../services/inventory/adapters/dynamodb-watches';
import type { StockWatch } from '../../services/inventory/domain/stock-watch';
import type { StockAlerts, Watches } from '../../services/inventory/ports/stock-alerts';
import { watchStock } from '../../services/inventory/use-cases/watch-stock';
import { SECOND } from '../../shared/kernel/time';
import { MemoryBackOffice } from './support/memory-back-office';
import { NOON } from './support/saga';
import { Staff } from './support/staff';

class Desk implements Watches, StockAlerts {
  readonly rows = new Map<string, StockWatch>();
  readonly told: CloudEvent<string, StockLow>[] = [];
  down = false;
  now = NOON;

  constructor(readonly office: MemoryBackOffice) {}

  async find(productId: string) {
    await this.office.tables.yields();
    return this.rows.get(productId);
  }

  async save(watch: StockWatch) {
    await this.office.tables.yields();
    if ((this.rows.get(watch.productId)?.version ?? 0) !== watch.version - 1) return false;
    this.rows.set(watch.productId, watch);
    return true;
  }

  async mark({ productId, crossing }: StockWatch) {
    await this.office.tables.yields();
    const row = this.rows.get(productId);
    if (row?.crossing === crossing)
      this.rows.set(productId, { ...row, told: true, version: row.version + 1 });
  }

  async publish(event: CloudEvent<string, StockLow>) {
    await this.office.tables.yields();
    if (this.down) throw new Error('SNS is down');
    this.told.push(event);
  }

  look(productId: string): Promise<void> {
    return this.read({ shard: `${productId}#0`, productId, available: 1, version: 2 });
  }

  /** Rows of the stock as the stream tells of them, in one batch. */
  read(...images: Record<string, unknown>[]): Promise<void> {
    const ports = {
      products: this.office,
      stockRoom: this.office,
      watches: this,
      alerts: this,
      clock: () => this.now,
    };
    const moves = images.flatMap((image) => readStockImage(image) ?? []);
    return watchStock(ports, { lowStockBelow: 5, correlationId: 'cor_1' }, moves);
  }
}

const shop = async (stock = 10) => {
  const office = new MemoryBackOffice();
  const staff = new Staff(office);
  const { id } = await staff.create(stock);
  const desk = new Desk(office);
  const set = async (units: number) => {
    office.tables.stock.set(`${id}#0`, units);
    await desk.look(id);
  };
  return { office, staff, desk, id, set };
};

test('a stock that falls below its threshold is told once, and again only after it was back', async () => {
  const { desk, id, set } = await shop();
  for (const units of [5, 4, 3, 0, 4, 5, 4, 9, 1]) await set(units);
  expect(desk.told.map(({ id: event, data }) => [event, data.stock])).toEqual([
    [`${id}:low:1`, 4],
    [`${id}:low:2`, 4],
    [`${id}:low:3`, 1],
  ]);
  expect(desk.told[0]?.data).toEqual({ productId: id, name: 'Mug', stock: 4, threshold: 5 });
});

test('a product has a threshold of its own, and what may be ordered beyond the stock is no stock', async () => {
  const { desk, staff, id, set } = await shop();
  await staff.edit(id, { lowStockBelow: 3, backorder: { limit: 100, expectedAt: '2030-02-01' } });
  await set(103);
  expect(desk.told).toEqual([]);
  await set(98);
  expect(desk.told[0]?.data).toMatchObject({ stock: -2, threshold: 3 });
});

test('a product that starts low, or is retired, has crossed nothing', async () => {
  const { desk, staff, id } = await shop(2);
  const opened = { shard: `${id}#0`, productId: id, available: 2, version: 1 };
  await desk.read(opened);
  await desk.read(opened, { ...opened, available: 1, version: 2 });
  await desk.look(id);
  const other = await shop(10);
  await other.staff.edit(other.id, { status: 'retired' });
  await other.set(0);
  expect([desk.told, other.desk.told]).toEqual([[], []]);
  await staff.move(id, 10);
  await desk.look(id);
  await staff.move(id, -10);
  await desk.look(id);
  expect(desk.told).toHaveLength(1);
});

describe('a stock that has fallen before its first look is told', () => {
  test('by whichever row is read first, also one that was only just added', async () => {
    const { desk, staff, id, office } = await shop(100);
    await staff.edit(id, { stockShards: 8 });
    for (let shard = 0; shard < 8; shard += 1) office.tables.stock.set(`${id}#${shard}`, 0);
    await desk.read({ shard: `${id}#3`, productId: id, available: 12, version: 1 });
    await desk.look(id);
    expect(desk.told).toHaveLength(1);
  });

  test('also where the row is read late that it was opened with', async () => {
    const { desk, id, office } = await shop(100);
    office.tables.stock.set(`${id}#0`, 4);
    await desk.read({ shard: `${id}#0`, productId: id, available: 100, version: 1 });
    await desk.look(id);
    expect(desk.told).toHaveLength(1);
  });
});

test('units that lie in one row of many, where few orders look, are spread at the next look', async () => {
  const { desk, staff, id, office } = await shop(100);
  office.busy = true;
  expect(await staff.edit(id, { stockShards: 4 })).toMatchObject({ available: 100, version: 2 });
  const rows = () => [0, 1, 2, 3].map((shard) => office.tables.stock.get(`${id}#${shard}`) ?? 0);
  await desk.look(id);
  expect(rows()).toEqual([100, 0, 0, 0]);
  office.busy = false;
  await desk.look(id);
  expect(rows()).toEqual([25, 25, 25, 25]);
});

test('an alert that could not be sent is sent by a later try, once its claim has run out', async () => {
  const { desk, id, set } = await shop();
  desk.down = true;
  await expect(set(1)).rejects.toThrow('SNS is down');
  desk.down = false;
  await expect(desk.look(id)).rejects.toThrow('is being told');
  desk.now += 12 * SECOND;
  await desk.look(id);
  await desk.look(id);
  expect(desk.told).toHaveLength(1);
});

test('readers that see each other half way tell each crossing once and end with what is true', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(9), { minLength: 1, maxLength: 6 }),
      fc.scheduler(),
      async (levels, scheduler) => {
        const { office, desk, id } = await shop();
        office.tables.yields = () => scheduler.schedule(Promise.resolve());
        const again = async (): Promise<void> => desk.look(id).catch(() => again());
        const all = levels.map(async (units) => {
          await office.tables.yields();
          office.tables.stock.set(`${id}#0`, units);
          await again();
        });
        await scheduler.waitFor(Promise.all(all));
        office.tables.yields = () => Promise.resolve();
        const told = desk.told.map((event) => event.id);
        const row = desk.rows.get(id);
        expect(new Set(told).size).toBe(told.length);
        expect(told).toHaveLength(row?.crossing ?? 0);
        expect(row?.low ?? false).toBe(office.tables.available(id) < 5);
      },
    ),
    { numRuns: 300 },
  );
});
