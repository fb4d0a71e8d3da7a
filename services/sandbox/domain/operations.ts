import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { keyReused } from './arrival';
import {
  at,
  type Charge,
  type ChargeStatus,
  type ChargeView,
  chargeId,
  type Decision,
  digest,
  type Entry,
  type StoredReply,
  view,
} from './entry';

/** Legal moves of a charge, by what is done to it; doing again what was done gives the same answer. */
const MOVES = {
  capture: { from: ['authorized'], to: 'succeeded' },
  expire: { from: ['authorized', 'requires_action'], to: 'expired' },
  succeed: { from: ['requires_action'], to: 'succeeded' },
  fail: { from: ['requires_action'], to: 'declined' },
} as const satisfies Record<string, { from: readonly ChargeStatus[]; to: ChargeStatus }>;

export type Operation = keyof typeof MOVES;

const noCharge = (): Refusal => refuse('NOT_FOUND', 'There is no such charge.');

/** One refund a kilobyte or less, and a row of DynamoDB may have 400. */
const MAX_REFUNDS = 50;

const illegal = (what: string, { status }: Charge): Refusal =>
  refuse('ILLEGAL_TRANSITION', `A charge that is ${status} cannot ${what}.`);

/** Captures, expires, or ends the customer's action. */
export function operate(
  entry: Entry | undefined,
  operation: Operation,
  now: number,
): Decision<ChargeView | Refusal> {
  if (!entry?.charge) return { answer: noCharge() };
  const charge = at(entry.charge, now);
  const { from, to }: { from: readonly ChargeStatus[]; to: ChargeStatus } = MOVES[operation];
  if (charge.status === to) return { answer: view(entry.id, charge, now) };
  if (!from.includes(charge.status)) return { answer: illegal(operation, charge) };
  const declineCode = operation === 'fail' ? 'authentication_failed' : charge.declineCode;
  const moved = { ...charge, status: to, declineCode };
  return { entry: { ...entry, charge: moved }, answer: view(entry.id, moved, now) };
}

export interface RefundRequest {
  key: string;
  /** All that is left when absent. */
  amount?: number;
}

function refundOf(charge: Charge, amount: number): Charge | Refusal {
  if (charge.status !== 'succeeded' && charge.status !== 'partially_refunded')
    return illegal('be refunded', charge);
  const left = charge.amount - charge.refunded;
  if (amount > left)
    return refuse('REFUND_EXCEEDS_CAPTURE', `${left} of this charge are left; ${amount} were asked for.`);
  const refunded = charge.refunded + amount;
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
  const given = amount ?? entry.charge.amount - entry.charge.refunded;
  const charge = refundOf(entry.charge, given);
  if ('refused' in charge) return { answer: charge };
  const body = {
    id: digest(key).slice(0, 20),
    amount: given,
    status: 'succeeded',
    charge: view(entry.id, charge, now),
  };
  const reply = { status: 201, body: JSON.stringify(body) };
  const refunds = Object.fromEntries(before.set(key, { fingerprint, reply }));
  return { entry: { ...entry, charge, refunds }, answer: reply };
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
    case 'authorized':
    case 'requires_action':
      return { ...charge, status: 'voided' };
    default:
      return charge;
  }
}

/** Closes a key for good: gives back what it charged, voids what it may still charge, refuses what arrives later. */
export function abandon(found: Entry | undefined, key: string, now: number): Decision<Abandoned> {
  const charge = found?.charge && undone(at(found.charge, now));
  const entry: Entry = { ...found, id: chargeId(key), key, closed: true, charge };
  const answer: Abandoned = { key, closed: true, charge: charge && view(entry.id, charge, now) };
  return found?.closed ? { answer } : { entry, answer };
}
