/** An order as `GET /orders/{id}` answers it. */
export interface Order {
  id: string;
  version: number;
  [member: string]: unknown;
}

/** Whole, never a difference: a page that missed one, or got two out of order, keeps the highest version. */
export interface OrderFrame {
  type: 'order';
  order: Order;
  version: number;
}

export const orderFrame = (order: Order): OrderFrame => ({ type: 'order', order, version: order.version });
