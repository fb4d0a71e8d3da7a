import type { Claim, SettledStatus } from '../domain/message';
import type { Mail, OrderNews, Recipient } from '../domain/order-mail';

/** Remembers what became of every message, so that none is sent twice and none is forgotten. */
export interface MessageLog {
  /** Takes the message for this sender alone, or says who stands in the way. */
  claim(id: string, orderId: string, now: number): Promise<Claim>;
  /** Ends the claim taken at `claimedAt`; without effect when another has taken it since. */
  settle(id: string, claimedAt: number, status: SettledStatus, detail?: string): Promise<void>;
}

/** Knows, at the time of sending, whom an order belongs to; nobody any more when they were erased. */
export interface ContactBook {
  recipientOf(orderId: string, correlationId: string): Promise<Recipient | undefined>;
}

export interface MailTemplates {
  write(news: OrderNews, recipient: Recipient): Mail;
}

export type Posted = { accepted: true; providerId: string } | { accepted: false; reason: string };

export interface Mailer {
  /**
   * Hands the mail over; a refusal that no second try can mend is a value.
   * @throws NotPosted when it was certainly not taken and may be tried again; anything else leaves its fate open.
   */
  post(id: string, to: string, mail: Mail): Promise<Posted>;
}

export class NotPosted extends Error {
  override name = 'NotPosted';
}

/** The message as it lies on its queue. */
export interface Redelivery {
  /** It is not received again for this long, in milliseconds. */
  postpone(milliseconds: number): Promise<void>;
}

export interface Tally {
  count(what: 'mailSent' | 'mailSentAgain' | 'mailSuppressed' | 'mailRefused'): void;
}
