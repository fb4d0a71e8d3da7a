import type { CloudEvent } from '../../../events/envelope';
import { type Clock, iso } from '../../../shared/kernel/time';
import { deliveryIdOf } from '../domain/webhook';
import type { Attempts, Deliveries, Endpoints } from '../ports/webhooks';

interface Ports {
  endpoints: Pick<Endpoints, 'all'>;
  deliveries: Pick<Deliveries, 'add'>;
  attempts: Attempts;
  clock: Clock;
}

/**
 * One delivery for each endpoint that asked for the event. An event that comes again finds its deliveries there and only
 * queues their first attempt once more, which the delivery itself takes once.
 */
export async function planWebhooks(
  { endpoints, deliveries, attempts, clock }: Ports,
  event: CloudEvent,
): Promise<number> {
  const now = clock();
  const all = await endpoints.all();
  const wanting = all.filter(({ status, events }) => status === 'enabled' && events.includes(event.type));
  const deliveryId = deliveryIdOf(event.id);
  for (const { id: endpointId } of wanting) {
    await deliveries.add({
      endpointId,
      id: deliveryId,
      eventId: event.id,
      eventType: event.type,
      orderId: event.subject,
      correlationId: event.correlationid,
      event: JSON.stringify(event),
      status: 'pending',
      run: 1,
      tries: 0,
      attempts: [],
      createdAt: iso(now),
    });
    const correlationId = event.correlationid;
    await attempts.queue({ endpointId, deliveryId, run: 1, attempt: 1, notBefore: now, correlationId }, now);
  }
  return wanting.length;
}
