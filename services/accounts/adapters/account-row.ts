import { epochSeconds, HOUR } from '../../../shared/kernel/time';
import type { Account } from '../domain/account';

/** What is left of an account that was erased: nothing but that it was. */
export interface Tombstone {
  customerId: string;
  ttl: number;
}

/** An access token outlives its user by an hour at most (`AccessTokenValidity` in shared/resources.yml). */
const KEPT = 2 * HOUR;

export const tombstoneOf = (customerId: string, now: number): Tombstone => ({
  customerId,
  ttl: epochSeconds(now + KEPT),
});

/** TTL may come a day late, so what counts is the form: every account that was saved has a version. */
export const isAccount = (row: object | undefined): row is Account => row !== undefined && 'version' in row;
