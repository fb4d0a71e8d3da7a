import type { Order } from '../domain/order';
import type { OrderMessage } from '../domain/order-message';
import type { OrderReturn } from '../domain/order-return';
import type { Whose } from '../domain/person';
import type { Shipment } from '../domain/shipment';
import type { FindsOrders } from './orders';

export interface ListsOrdersOfPerson {
  /** Newest first, from below `before`; `last` says that there are more. */
  listOf(whose: Whose, page: { limit: number; before?: string }): Promise<{ orders: Order[]; last?: string }>;
}

/** All that was kept beside an order. */
export interface OrderFile {
  shipments: Shipment[];
  returns: OrderReturn[];
  messages: OrderMessage[];
}

export interface ReadsOrderFiles {
  fileOf(orderId: string): Promise<OrderFile>;
}

export interface ErasesOrders extends FindsOrders {
  /** False when the order changed since it was read. */
  eraseOrder(order: Order, at: string): Promise<boolean>;
  /** The reasons of its returns, and the stored replies that repeat them. */
  eraseReturns(orderId: string): Promise<void>;
}
