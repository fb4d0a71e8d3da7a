import { bucketOf, newId } from '../kernel/ids';
import { DAY, epochSeconds, iso } from '../kernel/time';
import type { DocumentClient } from './dynamodb';
import { transact, type Write } from './transaction';

/** A day's entries are spread over this many partitions and read side by side. */
export const AUDIT_BUCKETS = 4;

/** Thirteen months, so that a year can be looked back on. */
export const AUDIT_RETENTION = 400 * DAY;

/** What a member of staff did. No free text and nobody's data: a reason stays where the action put it. */
export interface AuditEntry {
  /** The `sub` of the member of staff. */
  actor: string;
  /** The verb-noun of the action, such as `ship-order`. */
  action: string;
  /** The id of what it was done to. */
  target: string;
  at: number;
  correlationId: string;
  /** Small facts: amounts, counts, words. */
  detail?: Record<string, string | number | boolean>;
}

export const auditPartition = (date: string, bucket: number): string => `day#${date}#${bucket}`;

/** The entry as a write of the transaction that makes the effect: no staff action without its entry. */
export function auditWrite(table: string, entry: AuditEntry): Write {
  const { at, ...rest } = entry;
  const id = newId('aud', at);
  return {
    Put: {
      TableName: table,
      Item: {
        pk: auditPartition(iso(at).slice(0, 10), bucketOf(id, AUDIT_BUCKETS)),
        id,
        at: iso(at),
        ...rest,
        ttl: epochSeconds(at + AUDIT_RETENTION),
      },
    },
  };
}

/** For a deed that no transaction of ours makes: its entry is a write of its own, before it. */
export class AuditTable {
  constructor(
    protected readonly client: DocumentClient,
    protected readonly table: string,
  ) {}

  async write(entry: AuditEntry): Promise<void> {
    await transact(this.client, [auditWrite(this.table, entry)]);
  }
}
