import type { CloudEvent } from '../../../events/envelope';

export interface OrderHistory {
  /** Every event of an order, oldest first. */
  eventsOf(orderId: string): Promise<CloudEvent[]>;
}
