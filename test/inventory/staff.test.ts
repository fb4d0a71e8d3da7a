import { replay } from '../../services/inventory/domain/ledger';
import type { Product } from '../../services/inventory/domain/product';
import { MemoryBackOffice } from './support/memory-back-office';
import { Saga } from './support/saga';
import { Staff } from './support/staff';

const shop = async (stock = 10) => {
  const office = new MemoryBackOffice();
  const staff = new Staff(office);
  const { id } = await staff.create(stock);
  return { office, staff, id, saga: new Saga(office.tables), tables: office.tables };
};

const stockOf = (office: MemoryBackOffice, id: string) =>
  replay(office.movements, office.tables.rows.values()).get(id);

describe('a product that staff create', () => {
  test('has its stock, a first movement, and an entry in the audit log', async () => {
    const { office, id, tables } = await shop(12);
    expect(tables.available(id)).toBe(12);
    expect(office.movements).toMatchObject([{ productId: id, kind: 'opening', units: 12, actor: 'staff-1' }]);
    expect(office.deeds).toMatchObject([{ actor: 'staff-1', action: 'create-product', target: id }]);
  });

  test('asked for twice under one key is one', async () => {
    const office = new MemoryBackOffice();
    const staff = new Staff(office);
    expect(await staff.create(1, 'same-key')).toEqual(await staff.create(1, 'same-key'));
    expect(office.products.size).toBe(1);
  });
});

describe('a change', () => {
  test('takes what is sent, leaves the rest, raises the version', async () => {
    const { staff, id } = await shop();
    const after = await staff.edit(id, { price: { amount: 1, currency: 'EUR' } }, 1);
    expect(after).toMatchObject({ name: 'Mug', price: { amount: 1 }, version: 2, available: 10 });
  });

  test('of a version that is not the current one is STALE, also when another comes between', async () => {
    const { office, staff, id } = await shop();
    expect(await staff.edit(id, { name: 'Cup' }, 7)).toMatchObject({ refused: 'STALE' });
    office.meanwhile = () => {
      office.meanwhile = undefined;
      office.products.set(id, { ...(office.products.get(id) as Product), version: 2 });
    };
    expect(await staff.edit(id, { name: 'Cup' }, 1)).toMatchObject({ refused: 'STALE' });
    expect(await staff.edit(id, { name: 'Cup' })).toMatchObject({ name: 'Cup', version: 3 });
  });

  test('retires a product once: nothing of it can be ordered, found or changed', async () => {
    const { office, staff, id } = await shop();
    expect(await staff.edit(id, { status: 'retired' }, 1)).toMatchObject({ available: 0, version: 2 });
    expect(office.products.get(id)?.tokens).toEqual([]);
    expect(office.deeds.at(-1)?.action).toBe('retire-product');
    expect(await staff.edit(id, { name: 'Cup' }, 2)).toMatchObject({ refused: 'ILLEGAL_TRANSITION' });
  });

  test('of a product that is not there is NOT_FOUND', async () => {
    const { staff } = await shop();
    expect(await staff.edit('nothing', { name: 'Cup' })).toMatchObject({ refused: 'NOT_FOUND' });
    expect(await staff.move('nothing', 1)).toMatchObject({ refused: 'NOT_FOUND' });
  });
});

describe('a movement', () => {
  test('adds or takes away, and is in the ledger', async () => {
    const { office, staff, id } = await shop(10);
    expect(await staff.move(id, 5)).toBe(15);
    expect(await staff.move(id, -3)).toBe(12);
    expect(office.movements.map(({ kind, units }) => [kind, units])).toEqual([
      ['opening', 10],
      ['restock', 5],
      ['adjust', -3],
    ]);
    expect(stockOf(office, id)).toBe(12);
  });

  test('cannot take what orders hold', async () => {
    const { staff, id, saga, tables } = await shop(10);
    await saga.reserve('o1', 1, { [id]: 8 });
    expect(await staff.move(id, -3)).toMatchObject({
      refused: 'ILLEGAL_TRANSITION',
      detail: '2 units are not held or sold, so 3 cannot be taken away.',
    });
    expect(await staff.move(id, -2)).toBe(0);
    expect(tables.available(id)).toBe(0);
  });

  test('on the condition of a version is STALE where another comes between', async () => {
    const { office, staff, id } = await shop(10);
    office.meanwhile = () => {
      office.meanwhile = undefined;
      office.products.set(id, { ...(office.products.get(id) as Product), version: 2 });
    };
    expect(await staff.move(id, 1, undefined, 1)).toMatchObject({ refused: 'STALE' });
    expect(await staff.move(id, 1, undefined, 2)).toBe(11);
  });

  test('asked for twice under one key is made once, even where it would be refused by now', async () => {
    const { staff, id } = await shop(10);
    expect(await staff.move(id, -10, 'same-key')).toBe(0);
    expect(await staff.move(id, -10, 'same-key')).toBe(0);
  });

  test('that orders keep getting before asks to come again', async () => {
    const { office, staff, id, tables } = await shop(10);
    office.meanwhile = () => void tables.stock.set(`${id}#0`, 0);
    const read = tables.read.bind(tables);
    tables.read = async (ids) => (await read(ids)).map((level) => ({ ...level, available: 10 }));
    expect(await staff.move(id, -1)).toMatchObject({ refused: 'CONFLICT', retryAfter: 1 });
  });
});

describe('a product spread over shards', () => {
  test('keeps its sum, up and down, and what comes back to a shard out of use can be sold', async () => {
    const { office, staff, id, saga, tables } = await shop(40);
    await staff.edit(id, { stockShards: 4 });
    expect([0, 1, 2, 3].map((shard) => tables.stock.get(`${id}#${shard}`))).toEqual([10, 10, 10, 10]);
    expect(await saga.reserve('o1', 1, { [id]: 35 })).toBe('RESERVED');
    expect(await staff.edit(id, { stockShards: 1 })).toMatchObject({ available: 5 });
    expect(office.products.get(id)).toMatchObject({ shards: 1, shardRows: 4 });
    await saga.release('o1', 1);
    expect(tables.stock.get(`${id}#3`)).toBeGreaterThan(0);
    expect(await saga.reserve('o2', 1, { [id]: 40 })).toBe('RESERVED');
    expect([tables.available(id), stockOf(office, id)]).toEqual([0, 0]);
  });
});

describe('backorder', () => {
  const expectedAt = '2030-02-01';

  test('takes orders beyond the stock up to its limit, and a restock is drawn for them', async () => {
    const { office, staff, id, saga } = await shop(2);
    expect(await staff.edit(id, { backorder: { limit: 5, expectedAt } })).toMatchObject({
      available: 7,
      backorder: { limit: 5, expectedAt, left: 5 },
    });
    expect(await saga.reserve('o1', 1, { [id]: 6 })).toBe('RESERVED');
    expect(stockOf(office, id)).toBe(-4);
    expect(await saga.reserve('o2', 1, { [id]: 2 })).toBe('OUT_OF_STOCK');
    expect(await staff.move(id, 10)).toBe(11);
    expect(stockOf(office, id)).toBe(6);
  });

  test('cannot be lowered below what is owed, and ends with a limit of 0', async () => {
    const { staff, id, saga, tables } = await shop(2);
    await staff.edit(id, { backorder: { limit: 5, expectedAt } });
    await saga.reserve('o1', 1, { [id]: 5 });
    expect(await staff.edit(id, { backorder: { limit: 2 } })).toMatchObject({
      refused: 'ILLEGAL_TRANSITION',
      detail: '3 units are owed to orders: the limit cannot be lower.',
    });
    expect(await staff.edit(id, { backorder: { limit: 3 } })).toMatchObject({ available: 0 });
    await staff.move(id, 4);
    const ended = await staff.edit(id, { backorder: { limit: 0 } });
    expect(ended).toMatchObject({ available: 1 });
    expect(ended).not.toHaveProperty('backorder');
    expect(tables.available(id)).toBe(1);
  });

  test('is no stock that could be taken away', async () => {
    const { staff, id } = await shop(2);
    await staff.edit(id, { backorder: { limit: 5, expectedAt } });
    expect(await staff.move(id, -3)).toMatchObject({ refused: 'ILLEGAL_TRANSITION' });
    expect(await staff.move(id, -2)).toBe(5);
  });

  test('lets nobody take away what an order takes between the look and the write', async () => {
    const { office, staff, id, saga } = await shop(10);
    await staff.edit(id, { stockShards: 2, backorder: { limit: 10, expectedAt } });
    office.meanwhile = () => {
      office.meanwhile = undefined;
      office.tables.move([{ productId: id, shard: 1, units: -8 }]);
    };
    expect(await staff.move(id, -10)).toMatchObject({
      refused: 'ILLEGAL_TRANSITION',
      detail: '2 units are not held or sold, so 10 cannot be taken away.',
    });
    expect(await staff.move(id, -2)).toBe(10);
    expect(await saga.reserve('o1', 1, { [id]: 10 })).toBe('RESERVED');
  });

  test('that begins between the look and the write is no stock either', async () => {
    const { office, staff, id } = await shop(10);
    office.meanwhile = () => {
      office.meanwhile = undefined;
      const product = office.products.get(id) as Product;
      office.products.set(id, { ...product, version: 2, backorder: { limit: 10, expectedAt } });
      office.tables.move([{ productId: id, shard: 0, units: 10 - 8 }]);
    };
    expect(await staff.move(id, -10)).toMatchObject({ refused: 'ILLEGAL_TRANSITION' });
  });

  test('needs its date', async () => {
    const { staff, id } = await shop(2);
    expect(await staff.edit(id, { backorder: { limit: 5 } })).toMatchObject({
      refused: 'VALIDATION_FAILED',
      errors: [{ pointer: '/backorder/expectedAt' }],
    });
  });
});
