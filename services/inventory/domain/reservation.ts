import type { ReservedLine, Shortage } from './stock';

export type ReservationState = 'HELD' | 'COMMITTED' | 'RELEASED' | 'RESTOCKED';

/** What an order holds, bought or gave back: one row, and the ledger entry of all its lines. */
export interface Reservation {
  orderId: string;
  state: ReservationState;
  /** The highest attempt seen; a step of a lower one is superseded. */
  attempt: number;
  /** RELEASED because the hold ran out and not by an attempt that gave up: that attempt may still want it back. */
  expired?: boolean;
  /** ISO time after which the sweeper may release the hold. */
  expiresAt?: string;
  lines: ReservedLine[];
  /** RELEASED because a part was sold out: what the same attempt is told again, while nothing is held. */
  short?: Shortage[];
  /** The last step that moved the row. */
  step: { step: string; outcome: string; at: string };
  /** Raised by every write, which is conditional on it. */
  version: number;
}

/** The whole of docs/rules.md, 9, for reservations: whatever is not here is no legal move. */
export const MOVES: Record<ReservationState | 'NONE', readonly ReservationState[]> = {
  NONE: ['HELD', 'RELEASED'],
  HELD: ['HELD', 'COMMITTED', 'RELEASED'],
  COMMITTED: ['COMMITTED', 'RESTOCKED'],
  RELEASED: ['RELEASED', 'HELD', 'COMMITTED'],
  RESTOCKED: ['RESTOCKED'],
};

/**
 * What a step is to do:
 * TAKE stock · KEEP what the row says, only raising its attempt · GIVE_BACK · CLOSE, so that a late step of this
 * attempt finds it so · REPEAT the answer, all is done · TELL again what was short · or the answer SUPERSEDED or GONE
 * (there is nothing to be had).
 */
export type Verdict =
  | 'TAKE'
  | 'KEEP'
  | 'COMMIT'
  | 'GIVE_BACK'
  | 'CLOSE'
  | 'REPEAT'
  | 'TELL'
  | 'SUPERSEDED'
  | 'GONE';

type Situation = ReservationState | 'NONE' | 'EXPIRED' | 'SHORT';

/** By what the row says: the verdict for its own attempt, and for a higher one. */
export type Rules = Record<Situation, readonly [same: Verdict, higher: Verdict]>;

export const RESERVE: Rules = {
  NONE: ['TAKE', 'TAKE'],
  HELD: ['REPEAT', 'KEEP'],
  COMMITTED: ['REPEAT', 'KEEP'],
  RELEASED: ['SUPERSEDED', 'TAKE'],
  SHORT: ['TELL', 'TAKE'],
  EXPIRED: ['SUPERSEDED', 'TAKE'],
  // Sold and given back: GONE lets the attempt compensate, and so end the order, where SUPERSEDED would leave it open.
  RESTOCKED: ['SUPERSEDED', 'GONE'],
};

export const COMMIT: Rules = {
  // What was never held cannot be sold; the order is paid back.
  NONE: ['GONE', 'GONE'],
  HELD: ['COMMIT', 'COMMIT'],
  COMMITTED: ['REPEAT', 'KEEP'],
  RELEASED: ['SUPERSEDED', 'TAKE'],
  SHORT: ['SUPERSEDED', 'GONE'],
  EXPIRED: ['TAKE', 'TAKE'],
  RESTOCKED: ['SUPERSEDED', 'GONE'],
};

export const RELEASE: Rules = {
  NONE: ['CLOSE', 'CLOSE'],
  HELD: ['GIVE_BACK', 'GIVE_BACK'],
  COMMITTED: ['GIVE_BACK', 'GIVE_BACK'],
  RELEASED: ['REPEAT', 'CLOSE'],
  SHORT: ['CLOSE', 'CLOSE'],
  EXPIRED: ['CLOSE', 'CLOSE'],
  RESTOCKED: ['REPEAT', 'CLOSE'],
};

const situationOf = (found: Reservation | undefined): Situation => {
  if (!found) return 'NONE';
  if (found.state !== 'RELEASED') return found.state;
  if (found.short) return 'SHORT';
  return found.expired ? 'EXPIRED' : 'RELEASED';
};

export function verdict(rules: Rules, found: Reservation | undefined, attempt: number): Verdict {
  if (found && attempt < found.attempt) return 'SUPERSEDED';
  const [same, higher] = rules[situationOf(found)];
  return found && attempt > found.attempt ? higher : same;
}

/** The row as it will be. @throws Error for a move that is not in the table: a fault of the program. */
export function moved(
  from: Reservation | undefined,
  to: Omit<Reservation, 'version'>,
): { from: Reservation | undefined; to: Reservation } {
  const state = from?.state ?? 'NONE';
  if (!MOVES[state].includes(to.state))
    throw new Error(`A reservation cannot go from ${state} to ${to.state}`);
  return { from, to: { ...to, version: (from?.version ?? 0) + 1 } };
}
