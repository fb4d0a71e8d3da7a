import type { Product } from '../../services/inventory/domain/product';
import { listProducts } from '../../services/inventory/use-cases/list-products';
import { type SaveProduct, saveProduct } from '../../services/inventory/use-cases/save-product';
import { iso } from '../../shared/kernel/time';
import { MemoryBackOffice } from './support/memory-back-office';
import { NOON } from './support/saga';

const facts = {
  name: 'Mug',
  description: 'Blue',
  category: 'table',
  price: { amount: 1450, currency: 'EUR' },
};
const mug: SaveProduct = { id: 'mug', facts, stock: 5, cause: { correlationId: 'cor_1', actor: 'system' } };

const shop = () => {
  const catalogue = new MemoryBackOffice();
  const ports = { backOffice: catalogue, clock: () => NOON };
  return { catalogue, save: (command: SaveProduct) => saveProduct(ports, command) };
};

describe('saving a product', () => {
  test('creates it as version 1, with its stock', async () => {
    const { catalogue, save } = shop();
    expect(await save(mug)).toEqual({
      id: 'mug',
      ...facts,
      status: 'active',
      version: 1,
      shards: 1,
      shardRows: 1,
      tokens: ['word#mug', 'category#table'],
      images: [],
      createdAt: iso(NOON),
      updatedAt: iso(NOON),
    });
    expect(catalogue.tables.available('mug')).toBe(5);
  });

  test('a second time writes nothing', async () => {
    const { catalogue, save } = shop();
    await save(mug);
    expect((await save(mug)).version).toBe(1);
    expect(catalogue.saves).toBe(1);
  });

  test('leaves the stock as customers left it', async () => {
    const { catalogue, save } = shop();
    await save(mug);
    catalogue.tables.stock.set('mug#0', 3);
    await save({ ...mug, facts: { ...facts, name: 'Bigger Mug' } });
    expect(catalogue.tables.available('mug')).toBe(3);
  });

  test.each([
    ['name', { name: 'Cup' }],
    ['description', { description: 'Red' }],
    ['category', { category: 'garden' }],
    ['amount', { price: { amount: 1, currency: 'EUR' } }],
    ['currency', { price: { amount: 1450, currency: 'USD' } }],
  ])('with another %s raises its version', async (_name, change) => {
    const { save } = shop();
    await save(mug);
    expect(await save({ ...mug, facts: { ...facts, ...change } })).toMatchObject({ version: 2, ...change });
  });

  test('again, though nothing differs, raises its version, so that its event goes out once more', async () => {
    const { save } = shop();
    await save(mug);
    expect((await save({ ...mug, again: true })).version).toBe(2);
  });

  test('looks again when somebody else was faster, and gives up when they always are', async () => {
    const { catalogue, save } = shop();
    await save(mug);
    const change = { ...mug, facts: { ...facts, name: 'Cup' } };
    const raise = () => {
      const found = catalogue.products.get('mug') as Product;
      catalogue.products.set('mug', { ...found, version: found.version + 1 });
    };
    catalogue.meanwhile = () => {
      raise();
      catalogue.meanwhile = undefined;
    };
    expect((await save(change)).version).toBe(3);
    catalogue.meanwhile = raise;
    await expect(save({ ...change, again: true })).rejects.toThrow('while it was being saved');
  });
});

describe('a page of products', () => {
  test('says where the next one starts only if there is one', async () => {
    const { catalogue, save } = shop();
    for (const id of ['a', 'b', 'c']) await save({ ...mug, id });
    const ports = {
      shelves: catalogue,
      products: catalogue,
      availability: { of: async () => new Map(['a', 'b', 'c'].map((id) => [id, 5])) },
    };
    const page = await listProducts(ports, { limit: 2 });
    expect(page.items.map(({ id, available }) => [id, available])).toEqual([
      ['c', 5],
      ['b', 5],
    ]);
    expect(page.next).toBe('b');
    const rest = await listProducts(ports, { limit: 2, after: page.next });
    expect(rest.items.map(({ id }) => id)).toEqual(['a']);
    expect(rest.next).toBeUndefined();
    expect((await listProducts(ports, { limit: 3 })).next).toBeUndefined();
  });
});
