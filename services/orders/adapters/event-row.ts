import type { Actor, CloudEvent } from '../../../events/envelope';
import { EventInvalid, makeEvent } from '../../../events/envelope';
import { orderCancelled, orderEvents, orderRejected, orderSettled } from '../../../events/order-events';
import { bucketOf } from '../../../shared/kernel/ids';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import type { AttemptRequest, ReturnToSettle } from '../ports/event-readers';

/** The ends of a day are spread over this many partitions of their index. */
export const END_BUCKETS = 16;

export const endBucket = (date: string, bucket: number): string => `ended#${date}#${bucket}`;

/** After one of these an order was to have given everything back. */
const ENDS: readonly string[] = [orderRejected, orderCancelled, orderSettled].map(({ type }) => type);

/** One row of the outbox: what the envelope cannot be made from again. */
export interface EventRow {
  orderId: string;
  version: number;
  id: string;
  type: string;
  at: string;
  actor: Actor;
  correlationId: string;
  data: unknown;
  /** The attempt that this event asks for; startOrderSaga sees only rows that have it. */
  starts?: number;
  /** The return whose attempt that is; without it, it is the order's own. */
  return?: ReturnToSettle;
  /** The day of an end, for whoever looks whether it left something behind; no row of an order that is sold has it. */
  ended?: string;
}

export const toEventRow = (
  event: CloudEvent,
  version: number,
  starts?: number,
  ofReturn?: ReturnToSettle,
): EventRow => ({
  orderId: event.subject,
  version,
  id: event.id,
  type: event.type,
  at: event.time,
  actor: event.actor,
  correlationId: event.correlationid,
  data: event.data,
  starts,
  return: ofReturn,
  ...(ENDS.includes(event.type)
    ? { ended: endBucket(event.time.slice(0, 10), bucketOf(event.subject, END_BUCKETS)) }
    : {}),
});

/** The event a row stands for, held to its contract once more before it leaves. @throws EventInvalid */
export function fromEventRow(row: EventRow): CloudEvent {
  const contract = orderEvents.find(({ type }) => type === row.type);
  if (!contract) throw new EventInvalid(`There is no contract for ${row.type}`);
  return makeEvent(contract as Parameters<typeof makeEvent>[0], {
    id: row.id,
    subject: row.orderId,
    at: Date.parse(row.at),
    correlationId: row.correlationId,
    actor: row.actor,
    data: row.data,
  });
}

/** What the relay publishes of a row. @throws PermanentFault for one that is no event of ours. */
export function readEventRow(row: Record<string, unknown>): CloudEvent {
  try {
    return fromEventRow(row as unknown as EventRow);
  } catch (error) {
    throw new PermanentFault((error as Error).message);
  }
}

/** The attempt a row asks for, if it asks for one. @throws PermanentFault for one that names no order. */
export function readAttemptRequest(row: Record<string, unknown>): AttemptRequest | undefined {
  const { orderId, starts, correlationId, return: ofReturn } = row as unknown as Partial<EventRow>;
  if (starts === undefined) return undefined;
  if (!orderId || !correlationId || !Number.isInteger(starts))
    throw new PermanentFault('An attempt without its order');
  if (ofReturn && !ofReturn.returnId) throw new PermanentFault('An attempt without its return');
  return { orderId, attempt: starts, correlationId, ...(ofReturn ? { return: ofReturn } : {}) };
}
