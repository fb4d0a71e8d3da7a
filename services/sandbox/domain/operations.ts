import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { iso } from '../../../shared/kernel/time';
import { keyReused } from './arrival';
import {
  AUTHORIZATION_WINDOW,
  at,
  type Charge,
  type ChargeStatus,
  type ChargeView,
  capturedOf,
  chargeId,
  type Decision,
  digest,
  type Entry,
  finished,
  type StoredReply,
  view,
  webhook,
} from './entry';

/** Legal moves of a charge, by what is done to it; doing again what was done gives the same answer. */
const MOVES = {
  expire: { from: ['authorized', 'requires_action'], to: 'expired' },
  renew: { from: ['authorized'], to: 'authorized' },
  succeed: { from: ['requires_action'], to: 'succeeded' },
  fail: { from: ['requires_action'], to: 'declined' },
} as const satisfies Record<string, { from: readonly ChargeStatus[]; to: ChargeStatus }>;

export type Operation = keyof typeof MOVES;

const noCharge = (): Refusal => refuse('NOT_FOUND', 'There is no such charge.');

/** One refund a kilobyte or less, and a row of DynamoDB may have 400. */
const MAX_REFUNDS = 50;

const illegal = (what: string, { status }: Charge): Refusal =>
  refuse('ILLEGAL_TRANSITION', `A charge that is ${status} cannot ${what}.`);

function moved(charge: Charge, operation: Operation, now: number): Charge {
  const authorizedUntil = iso(now + AUTHORIZATION_WINDOW);
  switch (operation) {
    case 'expire':
      return finished(charge);
    case 'renew':
      return { ...charge, authorizedUntil };
    case 'succeed':
      return charge.holdsOnly
        ? { ...charge, status: 'authorized', authorizedUntil }
        : { ...charge, status: 'succeeded' };
    default:
      return { ...charge, status: 'declined', declineCode: 'authentication_failed' };
  }
}

/** Expires or renews an authorization, or ends the customer's action, which its shop is told of. */
export function operate(
  entry: Entry | undefined,
  operation: Operation,
  now: number,
): Decision<ChargeView | Refusal> {
  if (!entry?.charge) return { answer: noCharge() };
  const charge = at(entry.charge, now);
  const { from, to }: { from: readonly ChargeStatus[]; to: ChargeStatus } = MOVES[operation];
  const after = from.includes(charge.status) ? moved(charge, operation, now) : charge;
  if (after === charge && charge.status !== to) return { answer: illegal(operation, charge) };
  if (after === charge) return { answer: view(entry.id, charge, now) };
  const acted = charge.status === 'requires_action';
  const told = acted ? webhook(entry.id, 'charge.settled') : undefined;
  return { entry: { ...entry, charge: after, webhook: told }, answer: view(entry.id, after, now) };
}

export interface CaptureRequest {
  /** A part has a key of its own, and the same key takes it once. */
  key?: string;
  /** All that is left when absent. */
  amount?: number;
  /** Nothing more will be captured: the rest is released. */
  final?: boolean;
}

/** Captures an authorization, in whole or part by part. */
export function capture(
  entry: Entry | undefined,
  { key = 'all', amount, final = false }: CaptureRequest,
  now: number,
): Decision<ChargeView | Refusal> {
  if (!entry?.charge) return { answer: noCharge() };
  const charge = at(entry.charge, now);
  const known = new Map(Object.entries(entry.captures ?? {}));
  const all = key === 'all' && capturedOf(charge) > 0 && charge.status !== 'authorized';
  if (all || known.has(key)) return { answer: view(entry.id, charge, now) };
  if (charge.status !== 'authorized') return { answer: illegal('be captured', charge) };
  const before = charge.captured ?? 0;
  const captured = before + (amount ?? charge.amount - before);
  if (captured > charge.amount) return { answer: illegal('capture more than it authorized', charge) };
  const part: Charge = { ...charge, captured };
  const after = final || captured === charge.amount ? finished(part) : part;
  const captures = Object.fromEntries(known.set(key, captured - before));
  return {
    entry: { ...entry, charge: after, captures, webhook: undefined },
    answer: view(entry.id, after, now),
  };
}

/** What the owner of the card, then the bank, does about a charge. */
export function dispute(
  entry: Entry | undefined,
  outcome: 'open' | 'won' | 'lost',
  now: number,
): Decision<ChargeView | Refusal> {
  if (!entry?.charge) return { answer: noCharge() };
  const { charge } = entry;
  const to = outcome === 'open' ? 'opened' : outcome;
  const legal =
    outcome === 'open' ? charge.dispute === undefined && capturedOf(charge) > 0 : charge.dispute === 'opened';
  if (charge.dispute === to) return { answer: view(entry.id, charge, now) };
  if (!legal) return { answer: illegal(`have a dispute ${to}`, charge) };
  const amount = capturedOf(charge);
  const after: Charge = { ...charge, dispute: to, ...(to === 'lost' && { chargedBack: amount }) };
  const told = webhook(entry.id, `dispute.${to}`, { dispute: { id: `dsp_${entry.id}`, amount } });
  return { entry: { ...entry, charge: after, webhook: told }, answer: view(entry.id, after, now) };
}

export interface RefundRequest {
  key: string;
  /** All that is left when absent. */
  amount?: number;
}

function refundOf(charge: Charge, amount: number): Charge | Refusal {
  const captured = capturedOf(charge);
  if (captured === 0 || charge.status === 'refunded') return illegal('be refunded', charge);
  const left = captured - charge.refunded;
  if (amount > left)
    return refuse('REFUND_EXCEEDS_CAPTURE', `${left} of this charge are left; ${amount} were asked for.`);
  const refunded = charge.refunded + amount;
  if (charge.status === 'authorized') return { ...charge, refunded };
  return { ...charge, refunded, status: refunded === charge.amount ? 'refunded' : 'partially_refunded' };
}

/** Gives back part or all of a captured charge, once per key. */
export function refundCharge(
  entry: Entry | undefined,
  { key, amount }: RefundRequest,
  now: number,
): Decision<StoredReply | Refusal> {
  if (!entry?.charge) return { answer: noCharge() };
  const before = new Map(Object.entries(entry.refunds ?? {}));
  const fingerprint = digest(amount ?? 'rest');
  const done = before.get(key);
  if (done) return { answer: done.fingerprint === fingerprint ? done.reply : keyReused() };
  if (before.size >= MAX_REFUNDS) return { answer: refuse('CONFLICT', 'A charge takes at most 50 refunds.') };
  const given = amount ?? capturedOf(entry.charge) - entry.charge.refunded;
  const charge = refundOf(entry.charge, given);
  if ('refused' in charge) return { answer: charge };
  const id = digest(key).slice(0, 20);
  const body = {
    id,
    amount: given,
    status: 'succeeded',
    charge: view(entry.id, charge, now),
  };
  const reply = { status: 201, body: JSON.stringify(body) };
  const refunds = Object.fromEntries(before.set(key, { fingerprint, reply }));
  const told = webhook(entry.id, 'refund.created', { refund: { id, key, amount: given } });
  return { entry: { ...entry, charge, refunds, webhook: told }, answer: reply };
}

export interface Abandoned {
  key: string;
  closed: true;
  charge?: ChargeView;
}

function undone(charge: Charge): Charge {
  switch (charge.status) {
    case 'succeeded':
    case 'partially_refunded':
      return { ...charge, status: 'refunded', refunded: charge.amount };
    case 'authorized': {
      const { captured: amount } = charge;
      return amount
        ? { ...charge, amount, status: 'refunded', refunded: amount }
        : { ...charge, status: 'voided' };
    }
    case 'requires_action':
      return { ...charge, status: 'voided' };
    default:
      return charge;
  }
}

/** Closes a key for good: gives back what it charged, voids what it may still charge, refuses what arrives later. */
export function abandon(found: Entry | undefined, key: string, now: number): Decision<Abandoned> {
  const charge = found?.charge && undone(at(found.charge, now));
  const entry: Entry = { ...found, id: chargeId(key), key, closed: true, charge, webhook: undefined };
  const answer: Abandoned = { key, closed: true, charge: charge && view(entry.id, charge, now) };
  return found?.closed ? { answer } : { entry, answer };
}
