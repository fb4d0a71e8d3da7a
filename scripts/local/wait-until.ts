import { setTimeout as pause } from 'node:timers/promises';

export interface WaitOptions {
  /** Milliseconds. */
  limit: number;
  /** Milliseconds between two looks. */
  every?: number;
}

/** Looks until the answer is neither undefined nor false. @returns undefined when the limit has passed */
export async function waitUntil<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  { limit, every = 100 }: WaitOptions,
): Promise<T | undefined> {
  const end = Date.now() + limit;
  for (;;) {
    const answer = await look();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() >= end) return undefined;
    await pause(every);
  }
}
