import type { AuditRow, ReadsAudit } from '../ports/reads-audit';

/** A page of a day's entries; `next` is the position after which the following page starts. */
export async function readAuditLog(
  { audit }: { audit: ReadsAudit },
  { date, limit, before }: { date: string; limit: number; before?: string },
): Promise<{ items: AuditRow[]; next?: string }> {
  const found = await audit.ofDay(date, { limit: limit + 1, before });
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items.at(-1)?.id : undefined };
}
