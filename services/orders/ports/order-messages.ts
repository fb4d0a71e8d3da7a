import type { OrderMessage } from '../domain/order-message';

/** The messages that were sent about an order, and what became of them. */
export interface KeepsOrderMessages {
  /** Without effect when this outcome of this message is known already. */
  keep(message: OrderMessage): Promise<void>;
}

export interface OrderMessages {
  /** Oldest event first. */
  messagesOf(orderId: string): Promise<OrderMessage[]>;
}
