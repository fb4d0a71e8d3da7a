import { DAY, MINUTE } from '../../../shared/kernel/time';

export type Channel = 'email' | 'sms' | 'push' | 'webhook';

/** What becomes of a message to a person. FAILED was certainly not sent and may be tried again; the others are final. */
export type MessageStatus = 'SENDING' | 'SENT' | 'SUPPRESSED' | 'FAILED';

export type SettledStatus = Exclude<MessageStatus, 'SENDING'>;

/** One message per event, channel and (a device, an endpoint) part: the event that comes twice meets its own row. */
export const messageId = (eventId: string, channel: Channel, part?: string): string =>
  [eventId, channel, part].filter(Boolean).join('#');

/** An id as SES takes it for a tag, and gives it back with what becomes of the mail: no `#` there. */
export const tagOf = (id: string): string => Buffer.from(id).toString('base64url');
export const idOfTag = (tag: string): string => Buffer.from(tag, 'base64url').toString();

/** After this long a claim is taken to be of a process that died, and the message is sent once more (docs/rules.md, 12). */
export const CLAIM_LIFE = 10 * MINUTE;

/** Queue 4 days + dead-letter queue 14 days + slack for an operator: no redrive finds its message forgotten. */
export const REMEMBERED = 35 * DAY;

export interface Claimed {
  status: MessageStatus;
  claimedAt: number;
  detail?: string;
}

export type Claim =
  /** `again`: an earlier claim was left open, so the person may get this message twice. */
  | { claim: 'TAKEN'; claimedAt: number; again: boolean }
  | { claim: 'HELD'; until: number }
  /** `reason`: why it was not sent. */
  | { claim: 'SETTLED'; status: 'SENT' | 'SUPPRESSED'; reason?: string };

/** What a claim at `now` meets, where a row stands already. */
export function judge({ status, claimedAt, detail }: Claimed, now: number): Claim {
  if (status === 'SENDING') {
    const until = claimedAt + CLAIM_LIFE;
    return until <= now ? { claim: 'TAKEN', claimedAt: now, again: true } : { claim: 'HELD', until };
  }
  if (status === 'FAILED') return { claim: 'TAKEN', claimedAt: now, again: false };
  return { claim: 'SETTLED', status, ...(status === 'SUPPRESSED' && detail ? { reason: detail } : {}) };
}
