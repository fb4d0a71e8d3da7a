import type { CloudEvent } from '../../../events/envelope';

export interface OrderHistory {
  /** Every event of an order, oldest first. */
  eventsOf(orderId: string): Promise<CloudEvent[]>;
}

/** An event with the version that the order had by it. */
export interface RecordedEvent {
  event: CloudEvent;
  version: number;
}

export interface PagesOrderHistory {
  /** The events above this version, oldest first. */
  eventsAfter(
    orderId: string,
    page: { version: number; limit: number },
  ): Promise<{ events: RecordedEvent[]; more: boolean }>;
}
