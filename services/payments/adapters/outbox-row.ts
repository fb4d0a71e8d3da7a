import { type Actor, type CloudEvent, EventInvalid, makeEvent } from '../../../events/envelope';
import { paymentEvents } from '../../../events/payment-events';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import { DAY, epochSeconds } from '../../../shared/kernel/time';

/** Longer than a message can be under way: queue 4 days, dead-letter queue 14, and slack. */
export const KEPT = 35 * DAY;

interface OutboxRow {
  id: string;
  type: string;
  subject: string;
  at: string;
  actor: Actor;
  correlationId: string;
  data: unknown;
  ttl: number;
}

export const toOutboxRow = (event: CloudEvent): OutboxRow => ({
  id: event.id,
  type: event.type,
  subject: event.subject,
  at: event.time,
  actor: event.actor,
  correlationId: event.correlationid,
  data: event.data,
  ttl: epochSeconds(Date.parse(event.time) + KEPT),
});

/** The event a row stands for, held to its contract once more before it leaves. @throws PermanentFault */
export function readOutboxRow(row: Record<string, unknown>): CloudEvent {
  const { id, type, subject, at, actor, correlationId, data } = row as unknown as OutboxRow;
  try {
    const contract = paymentEvents.find((candidate) => candidate.type === type);
    if (!contract) throw new EventInvalid(`There is no contract for ${type}`);
    return makeEvent(contract as Parameters<typeof makeEvent>[0], {
      id,
      subject,
      at: Date.parse(at),
      correlationId,
      actor,
      data,
    });
  } catch (error) {
    throw new PermanentFault((error as Error).message);
  }
}
