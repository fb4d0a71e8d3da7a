import { DAY, epochSeconds } from '../kernel/time';
import type { Write } from './transaction';

/** Longer than a message can be under way: queue 4 days, dead-letter queue 14, and slack. */
const REMEMBERED = 35 * DAY;

/**
 * Remembers an event in the transaction that makes its effect, in the table of idempotency records: whoever consumes
 * it again finds this condition failed and the effect made.
 */
export const consumedWrite = (table: string, consumer: string, eventId: string, now: number): Write => ({
  Put: {
    TableName: table,
    Item: { pk: `consumed#${consumer}#${eventId}`, ttl: epochSeconds(now + REMEMBERED) },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});
