import { bucketOf } from '../../../shared/kernel/ids';
import { DAY, epochSeconds } from '../../../shared/kernel/time';
import type { Charge, Entry } from '../domain/entry';

/** Longer than any message of ours can be under way: queue 4 days, dead-letter queue 14, and slack. */
export const KEPT_DAYS = 35;

const BUCKETS = 16;

export interface Row extends Omit<Entry, 'charge'>, Partial<Charge> {
  version: number;
  /** Only on rows with a charge, so that the indexes hold nothing else. */
  day?: string;
  sort?: string;
  ttl: number;
}

export const daysBuckets = (date: string): string[] =>
  Array.from({ length: BUCKETS }, (_, bucket) => `day#${date}#${bucket}`);

export function toRow({ charge, ...entry }: Entry, version: number, now: number): Row {
  const indexed = charge && {
    day: `day#${charge.createdAt.slice(0, 10)}#${bucketOf(entry.id, BUCKETS)}`,
    sort: `${charge.createdAt}#${entry.id}`,
  };
  return { ...entry, ...charge, ...indexed, version, ttl: epochSeconds(now + KEPT_DAYS * DAY) };
}

const CHARGE_FIELDS = new Set([
  'reference',
  'amount',
  'currency',
  'status',
  'refunded',
  'createdAt',
  'declineCode',
  'action',
  'holdsOnly',
  'authorizedUntil',
  'captured',
  'dispute',
  'chargedBack',
]);
const ROW_FIELDS = new Set(['version', 'day', 'sort', 'ttl']);

export function toEntry(row: object): Entry {
  const entry: Record<string, unknown> = {};
  const charge: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    if (CHARGE_FIELDS.has(name)) charge[name] = value;
    else if (!ROW_FIELDS.has(name)) entry[name] = value;
  }
  if (charge.status !== undefined) entry.charge = charge;
  return entry as unknown as Entry;
}
