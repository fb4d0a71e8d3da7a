import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 50;

/**
 * Looks until the condition answers something other than undefined, null or false, and returns that.
 * @param limit milliseconds
 * @param what named in the failure, with the last error or answer
 */
export async function waitFor<T>(
  condition: () => Promise<T> | T,
  { limit = 20_000, what }: { limit?: number; what: string },
): Promise<NonNullable<Exclude<T, false>>> {
  const end = Date.now() + limit;
  let last: unknown;
  do {
    try {
      last = await condition();
      if (last !== undefined && last !== null && last !== false)
        return last as NonNullable<Exclude<T, false>>;
    } catch (error) {
      last = error;
    }
    await pause(EVERY_MS);
  } while (Date.now() < end);
  throw new Error(
    `Waited ${limit} ms for ${what}; last: ${last instanceof Error ? last.stack : JSON.stringify(last)}`,
  );
}
