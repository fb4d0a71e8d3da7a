import type { Clock } from '../../../shared/kernel/time';
import { messageId, type SettledStatus } from '../domain/message';
import type { Mail, OrderNews } from '../domain/order-mail';
import {
  type ContactBook,
  type Mailer,
  type MailTemplates,
  type MessageLog,
  NotPosted,
  type Redelivery,
  type Tally,
} from '../ports/sending';

export interface SendingPorts {
  messages: MessageLog;
  contacts: ContactBook;
  templates: MailTemplates;
  mailer: Mailer;
  redelivery: Redelivery;
  tally: Tally;
  clock: Clock;
}

export type Outcome =
  | { outcome: 'SENT' | 'SUPPRESSED' | 'ALREADY_SETTLED' }
  | { outcome: 'REFUSED'; reason: string };

/** Another receive is at it, or died at it: this one comes again when that claim has ended. */
export class MessageHeld extends Error {
  override name = 'MessageHeld';
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'Unknown');

/** To whom and what, as things stand now; undefined when there is nobody to write to any more. */
async function prepare(
  { contacts, templates }: SendingPorts,
  news: OrderNews,
  correlationId: string,
): Promise<{ to: string; mail: Mail } | undefined> {
  const recipient = await contacts.recipientOf(news.orderId, correlationId);
  return recipient && { to: recipient.email, mail: templates.write(news, recipient) };
}

/**
 * Claimed, sent, marked (docs/rules.md, 12): two writes for a message that goes through. Sent at least once, and a second time
 * only if its sender died between the provider's acceptance and the mark.
 * @throws MessageHeld while another holds the message; any fault of the moment, after which it is received again.
 */
export async function sendOrderMail(
  ports: SendingPorts,
  news: OrderNews,
  correlationId: string,
): Promise<Outcome> {
  const { messages, mailer, redelivery, tally, clock } = ports;
  const id = messageId(news.eventId);
  const now = clock();
  const claim = await messages.claim(id, news.orderId, now);
  if (claim.claim === 'SETTLED') return { outcome: 'ALREADY_SETTLED' };
  if (claim.claim === 'HELD') {
    await redelivery.postpone(claim.until - now);
    throw new MessageHeld('Another receive of this message holds it; postponed to the end of its claim');
  }
  if (claim.again) tally.count('mailSentAgain');

  const settle = (status: SettledStatus, detail?: string) =>
    messages.settle(id, claim.claimedAt, status, detail);
  // Only what was certainly not sent frees the claim; a doubt keeps it to its end.
  const notSent = async (error: unknown): Promise<never> => {
    await settle('FAILED', nameOf(error));
    throw error;
  };

  const letter = await prepare(ports, news, correlationId).catch(notSent);
  if (!letter) {
    await settle('SUPPRESSED');
    tally.count('mailSuppressed');
    return { outcome: 'SUPPRESSED' };
  }
  const posted = await mailer.post(id, letter.to, letter.mail).catch((error: unknown) => {
    if (error instanceof NotPosted) return notSent(error);
    throw error;
  });
  if (!posted.accepted) {
    await settle('FAILED', posted.reason);
    tally.count('mailRefused');
    return { outcome: 'REFUSED', reason: posted.reason };
  }
  await settle('SENT', posted.providerId);
  tally.count('mailSent');
  return { outcome: 'SENT' };
}
