import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 50;

/**
 * Looks until the condition answers something other than undefined, null or false, and returns that.
 * @param limit milliseconds; one loop of the local AWS reads all streams, and each waits for the others
 * @param again the one error that is worth another look; every error unless named
 * @param what named in the failure, with the last error or answer
 */
export async function waitFor<T>(
  condition: () => Promise<T> | T,
  { limit = 60_000, what, again }: { limit?: number; what: string; again?: string },
): Promise<NonNullable<Exclude<T, false>>> {
  const end = Date.now() + limit;
  let last: unknown;
  do {
    try {
      last = await condition();
      if (last !== undefined && last !== null && last !== false)
        return last as NonNullable<Exclude<T, false>>;
    } catch (error) {
      if (again && (error as Error).name !== again) throw error;
      last = error;
    }
    await pause(EVERY_MS);
  } while (Date.now() < end);
  throw new Error(
    `Waited ${limit} ms for ${what}; last: ${last instanceof Error ? last.stack : JSON.stringify(last)}`,
  );
}
