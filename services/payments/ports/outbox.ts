import type { CloudEvent } from '../../../events/envelope';

export interface Outbox {
  /** Keeps an event to be published; false when one of this id was kept before. */
  keep(event: CloudEvent): Promise<boolean>;
}
