import type { Order, Product } from '../../services/bff/domain/shop';
import type { Shop } from '../../services/bff/ports/shop';
import { PART, SCREEN, Screen } from '../../services/bff/use-cases/screen';
import { showMobileHome, showWebHome } from '../../services/bff/use-cases/show-home';
import { showMobileOrder, showWebOrder } from '../../services/bff/use-cases/show-order';
import { refuse } from '../../shared/kernel/refusal';

const price = { amount: 1450, currency: 'EUR' };
const product: Product = {
  id: 'prd_1',
  name: 'Enamel Mug',
  price,
  available: 3,
  images: [
    { url: 'https://img/large.jpg', width: 800, height: 600, type: 'image/jpeg' },
    { url: 'https://img/small.jpg', width: 200, height: 200, type: 'image/jpeg' },
  ],
};
const order: Order = {
  id: 'ord_1',
  status: 'CONFIRMED',
  paymentStatus: 'CAPTURED',
  fulfilmentStatus: 'UNFULFILLED',
  items: [
    { productId: 'prd_1', name: 'Enamel Mug', quantity: 2 },
    { productId: 'prd_2', name: 'Lentils', quantity: 1 },
  ],
  total: price,
  version: 3,
  updatedAt: '2030-01-01T00:00:00.000Z',
};

const shop: Shop = {
  products: async (limit) => Array.from({ length: limit }, () => product),
  product: async (id) => ({ ...product, id }),
  orders: async () => [order],
  order: async () => order,
  history: async () => [{ at: order.updatedAt, type: 'order.placed' }],
};
const late = async (): Promise<never> => {
  throw new Error('late');
};
const clock = () => 0;

test('a part gets 800 ms, and never more than the screen has left', async () => {
  let now = 0;
  const screen = new Screen(() => now);
  const given: number[] = [];
  const load = async (within: number) => given.push(within);
  await screen.part('first', load);
  now = SCREEN - 100;
  await screen.part('second', load);
  now = SCREEN;
  await screen.part('third', load);
  expect(given).toEqual([PART, 100]);
  expect(screen.degraded).toEqual(['third']);
});

test('all parts came: nothing is degraded', async () => {
  expect(await showWebHome({ shop, clock })).toMatchObject({ orders: [order], degraded: [] });
  expect(await showWebOrder({ shop, clock }, 'ord_1')).toMatchObject({ order, degraded: [] });
});

test.each([
  ['products', { products: late }],
  ['orders', { orders: late }],
])('home without %s names it and still has the rest', async (part, broken) => {
  const home = await showWebHome({ shop: { ...shop, ...broken }, clock });
  expect(home.degraded).toEqual([part]);
  expect(Object.entries(home).filter(([, value]) => value === undefined)).toEqual([[part, undefined]]);
});

test('an order without its history still has its products', async () => {
  const screen = await showWebOrder({ shop: { ...shop, history: late }, clock }, 'ord_1');
  expect(screen).toMatchObject({
    order,
    products: [{ id: 'prd_1' }, { id: 'prd_2' }],
    degraded: ['history'],
  });
});

test('one product that fails is named once, the other is shown', async () => {
  const one = async (id: string) => (id === 'prd_1' ? late() : { ...product, id });
  const screen = await showWebOrder({ shop: { ...shop, product: one }, clock }, 'ord_1');
  expect(screen).toMatchObject({ products: [{ id: 'prd_2' }], degraded: ['products'] });
});

test('without the order there are no products either, and its history comes', async () => {
  const screen = await showWebOrder({ shop: { ...shop, order: late }, clock }, 'ord_1');
  expect(screen).toMatchObject({ history: [{ type: 'order.placed' }], degraded: ['order', 'products'] });
});

test("another's order is refused by both screens", async () => {
  const refusal = refuse('NOT_FOUND', 'There is no such order.');
  const strange = { ...shop, order: async () => refusal };
  expect(await showWebOrder({ shop: strange, clock }, 'ord_1')).toBe(refusal);
  expect(await showMobileOrder({ shop: strange, clock }, 'ord_1')).toBe(refusal);
});

test('a phone gets the smallest picture and no product ids of an order', async () => {
  const home = await showMobileHome({ shop, clock });
  expect(home.products?.[0]).toMatchObject({ image: 'https://img/small.jpg', inStock: true });
  const screen = await showMobileOrder({ shop, clock }, 'ord_1');
  expect(screen).toMatchObject({
    order: { items: [{ name: 'Enamel Mug', quantity: 2 }, { name: 'Lentils' }] },
  });
});
