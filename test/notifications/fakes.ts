import {
  type Claim,
  type Claimed,
  judge,
  type SettledStatus,
} from '../../services/notifications/domain/message';
import type { Mail, OrderNews, Recipient } from '../../services/notifications/domain/order-mail';
import { NO_SETTINGS, type Settings } from '../../services/notifications/domain/preferences';
import type {
  ContactBook,
  Mailer,
  MessageLog,
  Posted,
  Recipients,
  Redelivery,
  Result,
  Results,
  Suppressions,
  Tally,
} from '../../services/notifications/ports/sending';

export class MemoryMessages implements MessageLog {
  rows = new Map<string, Claimed & { detail?: string }>();
  writes = 0;
  /** The process ends before its next mark. */
  dying = false;

  async claim(id: string, _about: object, now: number): Promise<Claim> {
    const row = this.rows.get(id);
    const claim: Claim = row ? judge(row, now) : { claim: 'TAKEN', claimedAt: now, again: false };
    if (claim.claim === 'TAKEN') {
      this.rows.set(id, { status: 'SENDING', claimedAt: now });
      this.writes += 1;
    }
    return claim;
  }

  async settle(id: string, claimedAt: number, status: SettledStatus, detail?: string): Promise<void> {
    if (this.dying) throw new Error('the process died');
    const row = this.rows.get(id);
    if (row?.status !== 'SENDING' || row.claimedAt !== claimedAt) return;
    this.rows.set(id, { status, claimedAt, detail });
    this.writes += 1;
  }
}

/** What the provider does with the next mails, in turn; it takes every further one. */
export class FakeMailer implements Mailer {
  sent: { id: string; to: string; mail: Mail }[] = [];
  next: (() => Promise<Posted>)[] = [];

  async post(id: string, to: string, mail: Mail): Promise<Posted> {
    const special = this.next.shift();
    if (special) return special();
    this.sent.push({ id, to, mail });
    return { accepted: true, providerId: `ses-${this.sent.length}` };
  }
}

export class FakeContacts implements ContactBook {
  known: Recipient | undefined = { email: 'ada@example.com', name: 'Ada' };
  failing: Error | undefined;

  async recipientOf(): Promise<Recipient | undefined> {
    if (this.failing) throw this.failing;
    return this.known;
  }
}

export class FakeRecipients implements Recipients {
  settings: Settings = NO_SETTINGS;

  async settingsOf(): Promise<Settings> {
    return this.settings;
  }
}

export class MemoryResults implements Results {
  told: Result[] = [];
  failing: Error | undefined;

  async report(result: Result): Promise<void> {
    if (this.failing) throw this.failing;
    this.told.push(result);
  }
}

export class MemorySuppressions implements Suppressions {
  addresses = new Set<string>();

  async isSuppressed(email: string): Promise<boolean> {
    return this.addresses.has(email);
  }
}

export class FakeRedelivery implements Redelivery {
  last = false;
  postponed: number[] = [];

  async postpone(milliseconds: number): Promise<void> {
    this.postponed.push(milliseconds);
  }
}

export class CountingTally implements Tally {
  counts: Record<string, number> = {};

  count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }
}

export const news = (over: Partial<OrderNews> = {}): OrderNews => ({
  kind: 'order-confirmed',
  eventId: 'evt_1',
  orderId: 'ord_1',
  customerId: 'ada',
  at: '2026-11-21T12:07:53.000Z',
  lines: [{ name: 'Enamel Mug', quantity: 2, unitPrice: { amount: 1450, currency: 'EUR' } }],
  total: { amount: 2900, currency: 'EUR' },
  ...over,
});
