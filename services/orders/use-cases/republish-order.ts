import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Clock } from '../../../shared/kernel/time';
import type { PublishesEvents } from '../ports/event-readers';
import type { OrderHistory } from '../ports/order-history';
import type { WritesAudit } from '../ports/writes-audit';

interface Ports {
  history: OrderHistory;
  publisher: PublishesEvents;
  audit: WritesAudit;
  clock: Clock;
}

/** Sends every event of an order again, under the ids they have: who had them knows them. @returns how many */
export async function republishOrder(
  { history, publisher, audit, clock }: Ports,
  { orderId, staffId, correlationId }: { orderId: string; staffId: string; correlationId: string },
): Promise<number | Refusal> {
  const events = await history.eventsOf(orderId);
  if (events.length === 0) return refuse('NOT_FOUND', 'There is no such order.');
  const detail = { events: events.length };
  await audit.write({
    actor: staffId,
    action: 'republish-order',
    target: orderId,
    at: clock(),
    correlationId,
    detail,
  });
  await publisher.publish(events);
  return events.length;
}
