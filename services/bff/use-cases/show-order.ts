import { isRefusal, type Refusal } from '../../../shared/kernel/refusal';
import type { Clock } from '../../../shared/kernel/time';
import type { Order, Product } from '../domain/shop';
import { smallOrder } from '../domain/small';
import type { Shop } from '../ports/shop';
import { Screen } from './screen';

interface Ports {
  shop: Shop;
  clock: Clock;
}

/** Products shown beside an order; an order has at most 30 lines, a screen no more than these. */
const PRODUCTS = 10;

/** The order and its history side by side, then the products of its lines. */
export async function showWebOrder({ shop, clock }: Ports, id: string) {
  const screen = new Screen(clock);
  const [order, history] = await Promise.all([
    screen.part('order', (within) => shop.order(id, within)),
    screen.part('history', (within) => shop.history(id, within)),
  ]);
  if (isRefusal(order)) return order;
  const products = order && (await productsOf(order, shop, screen));
  if (!order) screen.degraded.push('products');
  return { order, history, products, degraded: screen.degraded };
}

async function productsOf({ items }: Order, shop: Shop, screen: Screen): Promise<Product[]> {
  const shown = items.slice(0, PRODUCTS);
  const found = await Promise.all(
    shown.map(({ productId }) => screen.part('products', (within) => shop.product(productId, within))),
  );
  return found.filter((product) => product !== undefined);
}

export async function showMobileOrder({ shop, clock }: Ports, id: string): Promise<Refusal | object> {
  const screen = new Screen(clock);
  const order = await screen.part('order', (within) => shop.order(id, within));
  if (isRefusal(order)) return order;
  return { order: order && smallOrder(order), degraded: screen.degraded };
}
