import type { CloudEvent } from '../../../events/envelope';
import type { Payment } from '../../../services/payments/domain/payment';
import type { Refund } from '../../../services/payments/domain/refund';
import type {
  Booked,
  Booking,
  Bookings,
  Counter,
  Entry,
  StaffRequest,
} from '../../../services/payments/ports/bookings';
import type { Reply } from '../../../shared/kernel/idempotency';
import type { MemoryPayments } from './memory-payments';

/** Bookings over the same rows as the steps of the saga, refused as the table refuses them. */
export class MemoryBookings implements Bookings {
  readonly entries = new Map<string, Entry['facts']>();
  readonly events: CloudEvent[] = [];
  readonly replies = new Map<string, Reply>();
  /** Runs before a booking takes effect: what another does in between. */
  before: () => Promise<void> | void = () => undefined;

  constructor(private readonly payments: MemoryPayments) {}

  async payment(orderId: string): Promise<Payment | undefined> {
    return structuredClone(this.payments.rows.get(orderId));
  }

  async entry(orderId: string, kind: Entry['kind'], id: string) {
    return this.entries.get(`${orderId}/${kind}#${id}`);
  }

  async refund(orderId: string, refundId: string): Promise<Refund | undefined> {
    const facts = this.entries.get(`${orderId}/refund#${refundId}`);
    return facts && refundOf(orderId, refundId, facts);
  }

  async refunds(orderId: string): Promise<Refund[]> {
    const start = `${orderId}/refund#`;
    return [...this.entries]
      .filter(([key]) => key.startsWith(start))
      .map(([key, facts]) => refundOf(orderId, key.slice(start.length), facts));
  }

  async book({ payment, by, to, entry, event }: Booking, staff?: StaffRequest): Promise<Booked> {
    await this.before();
    const before = staff && this.replies.get(staff.request.recordKey);
    if (before) return { booked: false, answer: before };
    const { orderId } = payment;
    const row = this.payments.rows.get(orderId);
    const key = `${orderId}/${entry.kind}#${entry.id}`;
    const same = row && row.version === payment.version && row.state === payment.state;
    if (!row || !same || this.entries.get(key)?.status !== entry.from) return { booked: false };
    const after: Payment = { ...row, state: to ?? row.state, version: row.version + 1 };
    for (const [name, change] of Object.entries(by) as [Counter, number][]) {
      after[name] += change;
      if (after[name] < 0) return { booked: false };
    }
    this.payments.rows.set(orderId, after);
    this.entries.set(key, entry.facts);
    this.events.push(event);
    if (staff) this.replies.set(staff.request.recordKey, staff.reply);
    return { booked: true };
  }
}

const refundOf = (orderId: string, id: string, facts: Entry['facts']): Refund => ({
  id,
  orderId,
  amount: { amount: Number(facts.amount), currency: String(facts.currency) },
  status: facts.status as Refund['status'],
  takenAt: String(facts.takenAt),
});
