import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { type Clock, DAY } from '../../../shared/kernel/time';
import type { PublishesEvents } from '../ports/event-readers';
import type { OrderHistory } from '../ports/order-history';
import type { WritesAudit } from '../ports/writes-audit';

interface Ports {
  history: OrderHistory;
  publisher: PublishesEvents;
  audit: WritesAudit;
  clock: Clock;
}

/** Consumers remember an event for 35 days; one that is sent again may lie in their queues for 4 of them. */
export const CONSUMERS_REMEMBER = (35 - 4) * DAY;

export interface Republished {
  events: number;
  /** Not sent: who had them may have forgotten them, and would mail the customer once more. */
  tooOld: number;
}

/** Sends the events of an order again, under the ids they have: who had them knows them. */
export async function republishOrder(
  { history, publisher, audit, clock }: Ports,
  { orderId, staffId, correlationId }: { orderId: string; staffId: string; correlationId: string },
): Promise<Republished | Refusal> {
  const all = await history.eventsOf(orderId);
  if (all.length === 0) return refuse('NOT_FOUND', 'There is no such order.');
  const now = clock();
  const events = all.filter(({ time }) => now - Date.parse(time) <= CONSUMERS_REMEMBER);
  const detail = { events: events.length, tooOld: all.length - events.length };
  await audit.write({
    actor: staffId,
    action: 'republish-order',
    target: orderId,
    at: now,
    correlationId,
    detail,
  });
  await publisher.publish(events);
  return detail;
}
