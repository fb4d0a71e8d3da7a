import { SECOND } from '../../../shared/kernel/time';

/** What a magic token makes the provider do. Without any of these it captures at once. */
export interface Behaviour {
  declineCode?: string;
  /** Waits, then charges. */
  delay?: number;
  /** Charges, then waits before it answers; a replay is answered at once. */
  lateAnswer?: number;
  /** How many times it answers 500 before it charges. */
  failures?: number;
  /** Minor units charged beyond what was asked. */
  surplus?: number;
  requiresAction?: boolean;
  /** Seconds after which the card's owner disputes the charge. */
  disputedAfter?: number;
}

const TOKENS = new Map<string, Behaviour>([
  ['tok_visa', {}],
  ['tok_declined', { declineCode: 'generic_decline' }],
  ['tok_insufficient_funds', { declineCode: 'insufficient_funds' }],
  ['tok_slow', { delay: 2 * SECOND }],
  ['tok_timeout_after_charge', { lateAnswer: 10 * SECOND }],
  ['tok_error_twice', { failures: 2 }],
  ['tok_wrong_amount', { surplus: 100 }],
  ['tok_requires_action', { requiresAction: true }],
  ['tok_dispute', { disputedAfter: 1 }],
]);

/** A token that no card stands behind is declined, as with any provider. */
const UNKNOWN: Behaviour = { declineCode: 'invalid_token' };

export const behaviourOf = (token: string): Behaviour => TOKENS.get(token) ?? UNKNOWN;
