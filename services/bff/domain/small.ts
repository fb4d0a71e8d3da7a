import type { Order, Product } from './shop';

/** The smallest picture there is: a phone's list shows 200 pixels at most. */
const thumbnail = ({ images }: Product): string | undefined =>
  [...images].sort((one, other) => one.width - other.width)[0]?.url;

export const smallProduct = (product: Product) => ({
  id: product.id,
  name: product.name,
  price: product.price,
  inStock: product.available > 0,
  image: thumbnail(product),
});

export const orderRow = ({ id, status, total }: Order) => ({ id, status, total });

/** All that a phone needs to show an order and to act on it; what happened to it is a screen of its own. */
export const smallOrder = (order: Order) => ({
  ...orderRow(order),
  paymentStatus: order.paymentStatus,
  fulfilmentStatus: order.fulfilmentStatus,
  items: order.items.map(({ name, quantity }) => ({ name, quantity })),
  nextAction: order.nextAction,
  proposal: order.proposal,
  version: order.version,
  updatedAt: order.updatedAt,
});
