import { MINUTE } from '../kernel/time';

const TTL = 5 * MINUTE;

/**
 * Wraps a look-up so that its result serves five minutes of one environment: a rotated value is taken up without a
 * deploy. A failed look-up is not kept; while a fresh one fails the last good value serves on.
 */
export function cached(look: (name: string) => Promise<string>, now: () => number = Date.now) {
  const kept = new Map<string, { value: string; until: number }>();
  return async (name: string): Promise<string> => {
    const found = kept.get(name);
    if (found && found.until > now()) return found.value;
    try {
      const value = await look(name);
      kept.set(name, { value, until: now() + TTL });
      return value;
    } catch (error) {
      if (found) return found.value;
      throw error;
    }
  };
}
