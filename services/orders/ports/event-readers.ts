import type { CloudEvent } from '../../../events/envelope';
import type { Money } from '../../../shared/kernel/money';

export interface PublishesEvents {
  /** @throws Error naming how many could not be published, after all others were. */
  publish(events: readonly CloudEvent[]): Promise<void>;
}

/** What the machine of a return is to give back. */
export interface ReturnToSettle {
  returnId: string;
  amount: Money;
  /** The units that can be sold again. */
  restock: { productId: string; quantity: number }[];
}

export interface AttemptRequest {
  orderId: string;
  attempt: number;
  correlationId: string;
  /** Present where the attempt is a return's and not the order's. */
  return?: ReturnToSettle;
}

export interface StartsSagas {
  /** Starting an attempt that was started before is success. */
  start(request: AttemptRequest): Promise<void>;
}
