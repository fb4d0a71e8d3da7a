import { createHash } from 'node:crypto';
import { iso, MINUTE } from '../../../shared/kernel/time';

export type ChargeStatus =
  | 'succeeded'
  | 'authorized'
  | 'partially_refunded'
  | 'refunded'
  | 'voided'
  | 'declined'
  | 'expired'
  | 'requires_action';

export interface StoredReply {
  status: number;
  body: string;
}

export interface Charge {
  reference: string;
  /** Minor units. */
  amount: number;
  currency: string;
  status: ChargeStatus;
  refunded: number;
  createdAt: string;
  declineCode?: string;
  action?: { url: string; expiresAt: string };
}

/** All that the provider knows of one idempotency key. One row, so whatever happens to a key happens in one write. */
export interface Entry {
  /** Follows from the key: two arrivals of a key meet in one row. */
  id: string;
  key: string;
  /** What the key was first used for; another request under it is refused. */
  fingerprint?: string;
  /** How many 500s it was answered. They are not stored: the same key tries again. */
  failures?: number;
  /** Abandoned: nothing will ever be charged under it. */
  closed?: boolean;
  charge?: Charge;
  reply?: StoredReply;
  refunds?: Record<string, { fingerprint: string; reply: StoredReply }>;
}

/** What an operation made of an entry: the entry to store, if it changed, and the answer. */
export interface Decision<Answer> {
  entry?: Entry;
  answer: Answer;
}

/** Long enough for a person to find the bank's app. */
export const ACTION_WINDOW = 30 * MINUTE;

export const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url');

/** In the form of our ids, `chg_` and 26 characters. */
export const chargeId = (key: string): string =>
  `chg_${createHash('sha256').update(key).digest('hex').slice(0, 26).toUpperCase()}`;

/** The charge as it is at a time: an action that nobody took has expired. */
export function at(charge: Charge, now: number): Charge {
  const late = charge.status === 'requires_action' && iso(now) >= (charge.action?.expiresAt ?? '');
  return late ? { ...charge, status: 'expired' } : charge;
}

/** A charge as the ledger shows it. */
export interface ChargeView extends Omit<Charge, 'action'> {
  id: string;
  nextAction?: { type: 'redirect'; url: string; expiresAt: string };
}

export function view(id: string, charge: Charge, now: number): ChargeView {
  const { reference, amount, currency, status, refunded, createdAt, declineCode, action } = at(charge, now);
  return {
    id,
    reference,
    amount,
    currency,
    status,
    refunded,
    createdAt,
    declineCode,
    nextAction: status === 'requires_action' && action ? { type: 'redirect', ...action } : undefined,
  };
}
