import type { Channel, Claim, SettledStatus } from '../domain/message';
import type { Mail, Note, OrderNews, Recipient } from '../domain/order-mail';
import type { Device, Settings } from '../domain/preferences';

/** Remembers what became of every message, so that none is sent twice and none is forgotten. */
export interface MessageLog {
  /** Takes the message for this sender alone, or says who stands in the way. */
  claim(id: string, about: { orderId?: string; kind: string }, now: number): Promise<Claim>;
  /** Ends the claim taken at `claimedAt`; without effect when another has taken it since. */
  settle(id: string, claimedAt: number, status: SettledStatus, detail?: string): Promise<void>;
}

/** Knows, at the time of sending, whom an order belongs to; nobody any more when they were erased. */
export interface ContactBook {
  recipientOf(orderId: string, correlationId: string): Promise<Recipient | undefined>;
}

/** What a customer wants to hear of, and on which devices. */
export interface Recipients {
  settingsOf(customerId: string, correlationId: string): Promise<Settings>;
}

/** Addresses that mails are not sent to any more, since they came back or were complained of. */
export interface Suppressions {
  isSuppressed(email: string): Promise<boolean>;
}

export interface FillsSuppressions {
  /** Under its HMAC, never in clear; what was parked and is redriven is its HMAC already. */
  suppress(recipient: string, because: string, at: number): Promise<void>;
}

export interface FindsSentMails {
  find(id: string): Promise<{ id: string; orderId?: string; kind: string } | undefined>;
}

export interface MailTemplates {
  write(news: OrderNews, recipient: Recipient): Mail;
}

export interface NoteTemplates {
  sms(news: OrderNews, recipient: Pick<Recipient, 'actionUrl'>): string;
  push(news: OrderNews): Note;
}

export type Posted =
  | { accepted: true; providerId: string }
  /** `suppressed`: nothing that an operator could mend, such as a phone that is no more. */
  | { accepted: false; reason: string; suppressed?: true };

export interface Mailer {
  /**
   * Hands the mail over; a refusal that no second try can mend is a value.
   * @throws NotPosted when it was certainly not taken and may be tried again; anything else leaves its fate open.
   */
  post(id: string, to: string, mail: Mail): Promise<Posted>;
}

export interface Texter {
  /** @throws NotPosted as a mailer does. */
  post(phone: string, text: string): Promise<Posted>;
}

export interface Pusher {
  /** False for a platform that this stage has no application of. */
  serves(platform: Device['platform']): boolean;
  /** `gone`: the device is no more, or its owner has removed the app. @throws NotPosted as a mailer does. */
  post(device: Device, orderId: string, note: Note): Promise<Posted | { gone: true; reason: string }>;
}

export interface ForgetsDevices extends Pick<Pusher, 'serves'> {
  /** The platform's own record of the device. */
  forget(device: Device): Promise<void>;
}

export interface Devices {
  forget(customerId: string, device: Device, correlationId: string): Promise<void>;
}

export class NotPosted extends Error {
  override name = 'NotPosted';
}

export interface Result {
  messageId: string;
  orderId: string;
  channel: Channel;
  kind: string;
  outcome: 'SENT' | 'BOUNCED' | 'COMPLAINED' | 'SUPPRESSED' | 'FAILED';
  reason?: string;
  at: number;
  correlationId: string;
}

/** Where every channel tells what became of its messages, for the timeline of the order. */
export interface Results {
  report(result: Result): Promise<void>;
}

/** The message as it lies on its queue. */
export interface Redelivery {
  /** It will not be received again after this. */
  last: boolean;
  /** It is not received again for this long, in milliseconds. */
  postpone(milliseconds: number): Promise<void>;
}

type Sender = 'mail' | 'sms' | 'push' | 'webhook';

export interface Tally {
  count(what: `${Sender}${'Sent' | 'SentAgain' | 'Suppressed' | 'Refused'}`): void;
}
