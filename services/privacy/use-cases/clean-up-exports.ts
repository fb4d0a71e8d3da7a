import { type Clock, HOUR, iso } from '../../../shared/kernel/time';
import type { OldExports } from '../ports/old-exports';

/** Deletes a page of the exports that are over; the bucket's lifecycle does so too, up to a day later. */
export async function cleanUpExports(
  { exports, clock }: { exports: OldExports; clock: Clock },
  { cursor, dryRun, olderThanHours }: { cursor?: string; dryRun: boolean; olderThanHours: number },
): Promise<{ seen: number; removed: number; cursor?: string }> {
  const page = await exports.page(cursor);
  const before = iso(clock() - olderThanHours * HOUR);
  const old = page.files.filter(({ storedAt }) => storedAt < before);
  if (!dryRun) await Promise.all(old.map(({ key }) => exports.remove(key)));
  return { seen: page.files.length, removed: old.length, cursor: page.cursor };
}
