import type { Clock } from '../../../shared/kernel/time';
import { orderRow, smallProduct } from '../domain/small';
import type { Shop } from '../ports/shop';
import { Screen } from './screen';

interface Ports {
  shop: Shop;
  clock: Clock;
}

interface Sizes {
  products: number;
  orders: number;
}

const WEB: Sizes = { products: 12, orders: 5 };
/** Fewer and smaller: a quarter of the bytes of the web's at most. */
const MOBILE: Sizes = { products: 5, orders: 3 };

async function load({ shop, clock }: Ports, sizes: Sizes) {
  const screen = new Screen(clock);
  const [products, orders] = await Promise.all([
    screen.part('products', (within) => shop.products(sizes.products, within)),
    screen.part('orders', (within) => shop.orders(sizes.orders, within)),
  ]);
  return { products, orders, degraded: screen.degraded };
}

export const showWebHome = (ports: Ports) => load(ports, WEB);

export async function showMobileHome(ports: Ports) {
  const { products, orders, degraded } = await load(ports, MOBILE);
  return { products: products?.map(smallProduct), orders: orders?.map(orderRow), degraded };
}
