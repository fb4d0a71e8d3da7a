import { loadDemoData } from '../../scripts/demo-data';
import type { Catalogue } from '../../scripts/demo-data/catalogue';
import { loadProducts } from '../../scripts/demo-data/load-products';
import { demoProducts } from '../../scripts/demo-data/products';
import { demoUsers } from '../../scripts/demo-data/users';
import { newProduct, type Product } from '../../services/inventory/domain/product';
import { holdsCardNumber } from '../../shared/kernel/card-number';
import { idPattern } from '../../shared/kernel/ids';

test('the shop has products of every kind that a demonstration needs', () => {
  const stocks = demoProducts.map(({ stock }) => stock);
  expect(stocks.filter((stock) => stock >= 10 && stock < 1000).length).toBeGreaterThanOrEqual(5);
  expect(stocks).toContain(0);
  expect(stocks).toContain(5);
  expect(Math.max(...stocks)).toBe(10_000);
});

test('the first product of the list can be ordered', () => {
  expect(demoProducts.toSorted((a, b) => (a.id < b.id ? 1 : -1))[0]?.stock).toBeGreaterThanOrEqual(10);
});

test.each(demoProducts.map((product) => [product.name, product] as const))(
  '%s can be shown',
  (_name, product) => {
    expect(product.id).toMatch(idPattern('prd'));
    expect(product.name.length).toBeLessThanOrEqual(60);
    expect(product.description.length).toBeLessThanOrEqual(160);
    expect(product.price).toBeGreaterThan(0);
    expect(holdsCardNumber(`${product.name} ${product.description}`)).toBe(false);
  },
);

test('ids and names are each given once', () => {
  expect(new Set(demoProducts.map(({ id }) => id)).size).toBe(demoProducts.length);
  expect(new Set(demoProducts.map(({ name }) => name)).size).toBe(demoProducts.length);
});

test('two customers and one of the staff have passwords that the pool takes', () => {
  expect(demoUsers.map(({ role }) => role).toSorted()).toEqual(['customer', 'customer', 'staff']);
  for (const { password } of demoUsers)
    expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*\W).{12,}$/);
});

test.each([
  ['local', ['products', 'users']],
  ['dev', ['products']],
  ['staging', ['products']],
])('stage %s gets %j', async (stage, expected) => {
  const loaded: string[] = [];
  const load = {
    products: async () => void loaded.push('products'),
    users: async () => void loaded.push('users'),
  };
  await loadDemoData({ stage, region: 'eu-west-1', outputs: { UserPoolId: 'eu-west-1_pool' } }, load);
  expect(loaded.toSorted()).toEqual(expected);
});

/** A catalogue whose price list follows, except for what is lost until it is published again. */
function fakeCatalogue(lost: string[] = []): Catalogue & { prices: Map<string, number> } {
  const prices = new Map<string, number>();
  return {
    prices,
    async save({ id, name, description, category, price }, again): Promise<Product> {
      const facts = { name, description, category, price: { amount: price, currency: 'EUR' } };
      const version = again ? 2 : 1;
      if (again || !lost.includes(id)) prices.set(id, version);
      return { ...newProduct(id, facts, '2030-01-01T00:00:00.000Z'), version };
    },
    priced: async () => prices,
  };
}

test('loading ends once every product has its price', async () => {
  const lines: string[] = [];
  const catalogue = fakeCatalogue();
  await loadProducts(catalogue, (line) => lines.push(line));
  expect(catalogue.prices.size).toBe(demoProducts.length);
  expect(lines.at(-1)).toBe('Every product has its price at the order desk');
});

test('a price whose event got lost is published again', async () => {
  const [first, second] = demoProducts.map(({ id }) => id) as [string, string];
  const catalogue = fakeCatalogue([first]);
  await loadProducts(catalogue, () => undefined, 1);
  expect([catalogue.prices.get(first), catalogue.prices.get(second)]).toEqual([2, 1]);
});

test('prices that never arrive are a problem that says where to look', async () => {
  const catalogue = { ...fakeCatalogue(), priced: async () => new Map<string, number>() };
  await expect(loadProducts(catalogue, () => undefined, 1)).rejects.toMatchObject({
    message: expect.stringContaining('prd_'),
    wayOut: expect.stringContaining('price-list-dlq'),
  });
});
