import type { CloudEvent } from '../../../events/envelope';

export interface EventBus {
  /** @throws Error naming what was refused, after all others were published. */
  publish(events: readonly CloudEvent[]): Promise<void>;
}
