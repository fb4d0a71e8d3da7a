import type { Clock } from '../../../shared/kernel/time';
import type { Channel, SettledStatus } from '../domain/message';
import {
  type MessageLog,
  NotPosted,
  type Posted,
  type Redelivery,
  type Result,
  type Results,
  type Tally,
} from '../ports/sending';

export interface DeliveryPorts {
  messages: MessageLog;
  results: Results;
  redelivery: Redelivery;
  tally: Tally;
  clock: Clock;
}

/** What is ready to go out, or why nothing goes. */
export type Prepared = { post: () => Promise<Posted> } | { suppressed: string };

/** One message of any channel. */
export interface Message {
  id: string;
  /** Undefined where no order is concerned: there is no timeline to report to. */
  orderId?: string;
  channel: Channel;
  kind: string;
  correlationId: string;
  /** To whom and what, as things stand now. */
  prepare: () => Promise<Prepared>;
}

export type Outcome =
  | { outcome: 'SENT' | 'SUPPRESSED' }
  | { outcome: 'ALREADY_SETTLED'; status: 'SENT' | 'SUPPRESSED' }
  | { outcome: 'REFUSED'; reason: string };

/** Another receive is at it, or died at it: this one comes again when that claim has ended. */
export class MessageHeld extends Error {
  override name = 'MessageHeld';
}

const SENDERS = { email: 'mail', sms: 'sms', push: 'push', webhook: 'webhook' } as const;

const wordOf = (text: string): string => text.replace(/[^A-Za-z0-9_.-]/g, '_').slice(0, 80) || 'Unknown';

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'Unknown');

/** Of a settled row, or of a claim that was just ended. */
type Settle = (status: SettledStatus, detail?: string) => Promise<void>;

const reporter =
  ({ results, clock }: DeliveryPorts, { id, orderId, channel, kind, correlationId }: Message) =>
  async (outcome: Result['outcome'], reason?: string): Promise<void> => {
    if (!orderId) return;
    const why = reason ? { reason: wordOf(reason) } : {};
    await results.report({
      messageId: id,
      orderId,
      channel,
      kind,
      outcome,
      ...why,
      at: clock(),
      correlationId,
    });
  };

/**
 * Claimed, sent, marked, reported (docs/rules.md, 12), for every channel. Sent at least once, and a second time only if
 * its sender died between the provider's acceptance and the mark. The report comes last: one that was lost is made by
 * the next receive, which finds the message settled.
 * @throws MessageHeld while another holds the message; any fault of the moment, after which it is received again.
 */
export async function deliverMessage(ports: DeliveryPorts, message: Message): Promise<Outcome> {
  const { messages, redelivery, tally, clock } = ports;
  const now = clock();
  const report = reporter(ports, message);
  const claim = await messages.claim(message.id, message, now);
  if (claim.claim === 'SETTLED') {
    await report(claim.status, claim.reason);
    return { outcome: 'ALREADY_SETTLED', status: claim.status };
  }
  if (claim.claim === 'HELD') {
    await redelivery.postpone(claim.until - now);
    throw new MessageHeld('Another receive of this message holds it; postponed to the end of its claim');
  }
  if (claim.again) tally.count(`${SENDERS[message.channel]}SentAgain`);
  const settle: Settle = (status, detail) => messages.settle(message.id, claim.claimedAt, status, detail);
  try {
    return await send(ports, message, settle, report);
  } catch (error) {
    if (redelivery.last) await report('FAILED', nameOf(error));
    throw error;
  }
}

async function send(
  { tally }: DeliveryPorts,
  message: Message,
  settle: Settle,
  report: (outcome: Result['outcome'], reason?: string) => Promise<void>,
): Promise<Outcome> {
  const sender = SENDERS[message.channel];
  // Only what was certainly not sent frees the claim; a doubt keeps it to its end.
  const notSent = async (error: unknown): Promise<never> => {
    await settle('FAILED', nameOf(error));
    throw error;
  };
  const suppress = async (reason: string): Promise<Outcome> => {
    await settle('SUPPRESSED', reason);
    tally.count(`${sender}Suppressed`);
    await report('SUPPRESSED', reason);
    return { outcome: 'SUPPRESSED' };
  };

  const ready = await message.prepare().catch(notSent);
  if ('suppressed' in ready) return suppress(ready.suppressed);
  const posted = await ready.post().catch((error: unknown) => {
    if (error instanceof NotPosted) return notSent(error);
    throw error;
  });
  if (!posted.accepted && posted.suppressed) return suppress(posted.reason);
  if (!posted.accepted) {
    await settle('FAILED', posted.reason);
    tally.count(`${sender}Refused`);
    await report('FAILED', posted.reason);
    return { outcome: 'REFUSED', reason: posted.reason };
  }
  await settle('SENT', posted.providerId);
  tally.count(`${sender}Sent`);
  await report('SENT');
  return { outcome: 'SENT' };
}
