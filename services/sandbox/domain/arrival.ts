import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { iso } from '../../../shared/kernel/time';
import {
  ACTION_WINDOW,
  AUTHORIZATION_WINDOW,
  type Charge,
  chargeId,
  type Decision,
  digest,
  type Entry,
  type StoredReply,
  view,
  webhook,
} from './entry';
import { behaviourOf } from './tokens';

export interface ChargeRequest {
  key: string;
  reference: string;
  amount: number;
  currency: string;
  token: string;
  /** False only authorizes. */
  capture: boolean;
}

export type Arrival = Decision<StoredReply | Refusal> & {
  /** This very arrival made the charge or the decline; a replay did not. */
  fresh: boolean;
};

const fingerprintOf = ({ reference, amount, currency, token, capture }: ChargeRequest): string =>
  digest([reference, amount, currency, token, capture]);

const SERVER_ERROR: StoredReply = {
  status: 500,
  body: JSON.stringify({ code: 'provider_error', detail: 'Something went wrong at the provider.' }),
};

export const keyClosed = (): Refusal =>
  refuse('CONFLICT', 'This key was abandoned; nothing is charged under it.', {
    extra: { reason: 'KEY_CLOSED' },
  });

export const keyReused = (): Refusal =>
  refuse('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another request.');

function chargeFor(request: ChargeRequest, now: number, actionsUrl: string): Charge {
  const { declineCode, requiresAction, disputedAfter, surplus = 0 } = behaviourOf(request.token);
  const charge: Charge = {
    reference: request.reference,
    amount: request.amount + surplus,
    currency: request.currency,
    status: request.capture ? 'succeeded' : 'authorized',
    ...(!request.capture && { holdsOnly: true, authorizedUntil: iso(now + AUTHORIZATION_WINDOW) }),
    refunded: 0,
    createdAt: iso(now),
  };
  if (declineCode) return { ...charge, status: 'declined', declineCode };
  if (disputedAfter) return { ...charge, dispute: 'opened' };
  if (!requiresAction) return charge;
  const action = { url: `${actionsUrl}/${chargeId(request.key)}`, expiresAt: iso(now + ACTION_WINDOW) };
  return { ...charge, status: 'requires_action', action };
}

function replyTo(id: string, charge: Charge, now: number): StoredReply {
  const shown = view(id, charge, now);
  return charge.declineCode
    ? {
        status: 402,
        body: JSON.stringify({ code: 'card_declined', decline_code: charge.declineCode, charge: shown }),
      }
    : { status: 201, body: JSON.stringify(shown) };
}

/**
 * A charge request arrives. Success and decline are stored and replayed by key; a 500 is not, and the same key tries
 * again; another body under a key is refused; an abandoned key never charges.
 */
export function arrive(
  found: Entry | undefined,
  request: ChargeRequest,
  now: number,
  actionsUrl: string,
): Arrival {
  const fingerprint = fingerprintOf(request);
  if (found?.closed) return { answer: keyClosed(), fresh: false };
  if (found?.fingerprint && found.fingerprint !== fingerprint) return { answer: keyReused(), fresh: false };
  if (found?.reply) return { answer: found.reply, fresh: false };
  const id = chargeId(request.key);
  const entry: Entry = { ...found, id, key: request.key, fingerprint };
  const failures = found?.failures ?? 0;
  if (failures < (behaviourOf(request.token).failures ?? 0)) {
    return { entry: { ...entry, failures: failures + 1 }, answer: SERVER_ERROR, fresh: false };
  }
  const charge = chargeFor(request, now, actionsUrl);
  const reply = replyTo(id, charge, now);
  const { disputedAfter: after } = behaviourOf(request.token);
  const dispute = { id: `dsp_${id}`, amount: charge.amount };
  const told = after ? webhook(id, 'dispute.opened', { after, dispute }) : undefined;
  return { entry: { ...entry, charge, reply, webhook: told }, answer: reply, fresh: true };
}
