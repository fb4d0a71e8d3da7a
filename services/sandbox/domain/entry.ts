import { createHash } from 'node:crypto';
import { DAY, iso, MINUTE } from '../../../shared/kernel/time';

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
  /** Only authorizes, also when the customer has acted. */
  holdsOnly?: boolean;
  /** Until when an authorization can be captured, and what was captured of it so far. */
  authorizedUntil?: string;
  captured?: number;
  dispute?: 'opened' | 'won' | 'lost';
  chargedBack?: number;
}

/** Something that the provider's customer is told of, signed; its id follows from what it tells. */
export interface Webhook {
  id: string;
  type: 'charge.settled' | 'refund.created' | 'dispute.opened' | 'dispute.won' | 'dispute.lost';
  /** Seconds to wait before it is sent. */
  after: number;
  refund?: { id: string; key: string; amount: number };
  dispute?: { id: string; amount: number };
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
  /** What was captured of an authorization, by key. */
  captures?: Record<string, number>;
  /** What the change that was stored last is told by; the stream of the table sends it. */
  webhook?: Webhook;
}

/** What an operation made of an entry: the entry to store, if it changed, and the answer. */
export interface Decision<Answer> {
  entry?: Entry;
  answer: Answer;
}

/** Long enough for a person to find the bank's app. */
export const ACTION_WINDOW = 30 * MINUTE;

/** What card schemes leave a shop to capture what it holds. */
export const AUTHORIZATION_WINDOW = 7 * DAY;

export const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url');

/** In the form of our ids, `chg_` and 26 characters. */
export const chargeId = (key: string): string =>
  `chg_${createHash('sha256').update(key).digest('hex').slice(0, 26).toUpperCase()}`;

/** An authorization of which nothing more can be captured: what was captured is what it charged. */
export function finished(charge: Charge): Charge {
  const { captured = 0, refunded } = charge;
  if (captured === 0) return { ...charge, status: 'expired' };
  const left = { ...charge, amount: captured, captured: undefined };
  if (refunded === 0) return { ...left, status: 'succeeded' };
  return { ...left, status: refunded === captured ? 'refunded' : 'partially_refunded' };
}

/** The charge as it is at a time: an action that nobody took has expired, and so has an old authorization. */
export function at(charge: Charge, now: number): Charge {
  const { status, action, authorizedUntil } = charge;
  if (status === 'requires_action' && iso(now) >= (action?.expiresAt ?? ''))
    return { ...charge, status: 'expired' };
  return status === 'authorized' && authorizedUntil && iso(now) >= authorizedUntil
    ? finished(charge)
    : charge;
}

/** What a charge has taken so far, whether or not it was given back. */
export const capturedOf = ({ status, amount, captured = 0 }: Charge): number =>
  ['succeeded', 'partially_refunded', 'refunded'].includes(status) ? amount : captured;

export const webhook = (
  chargeId: string,
  type: Webhook['type'],
  more: Pick<Webhook, 'refund' | 'dispute'> & { after?: number } = {},
): Webhook => ({
  id: `evt_${digest([chargeId, type, more.refund?.key, more.dispute?.id]).slice(0, 26)}`,
  type,
  after: 0,
  ...more,
});

/** A charge as the ledger shows it. */
export interface ChargeView extends Omit<Charge, 'action' | 'holdsOnly'> {
  id: string;
  nextAction?: { type: 'redirect'; url: string; expiresAt: string };
}

export function view(id: string, charge: Charge, now: number): ChargeView {
  const { action, holdsOnly: _, authorizedUntil, captured, ...shown } = at(charge, now);
  const { status } = shown;
  return {
    id,
    ...shown,
    ...(status === 'authorized' && { authorizedUntil, captured }),
    nextAction: status === 'requires_action' && action ? { type: 'redirect', ...action } : undefined,
  };
}
