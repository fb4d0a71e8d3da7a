import type { App } from './load';

/** One fact that holds of every packaged stage. */
export interface Rule {
  /** What breaks it, a line each, beginning with the logical id. */
  violations: (app: App) => string[];
  /** The counterexample: makes a lawful application break this rule, so that the rule is known to see it. */
  breakIt: (app: App) => void;
  /** Where the counterexample is made; prod unless what it breaks is not in prod. */
  on?: App['stage'];
}

/** A theme: the facts by their names. */
export type Rules = Record<string, Rule>;

/** Lines for those of a list that fail a test. */
export function unless<T extends { id: string }>(
  things: T[],
  holds: (thing: T) => boolean,
  why: (thing: T) => string,
): string[] {
  return things.filter((thing) => !holds(thing)).map((thing) => `${thing.id}: ${why(thing)}`);
}
