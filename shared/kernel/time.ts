/** Where a use case reads the time; a test passes its own. Milliseconds since the epoch. */
export type Clock = () => number;

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** DynamoDB's TTL wants whole seconds since the epoch. */
export const epochSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
