import type { CloudEvent } from '../../../events/envelope';

export interface PublishesEvents {
  /** @throws Error naming how many could not be published, after all others were. */
  publish(events: readonly CloudEvent[]): Promise<void>;
}

export interface AttemptRequest {
  orderId: string;
  attempt: number;
  correlationId: string;
}

export interface StartsSagas {
  /** Starting an attempt that was started before is success. */
  start(request: AttemptRequest): Promise<void>;
}
