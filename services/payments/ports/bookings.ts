import type { CloudEvent } from '../../../events/envelope';
import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import type { Refusal } from '../../../shared/kernel/refusal';
import type { Payment, PaymentState } from '../domain/payment';
import type { Refund } from '../domain/refund';

export type Counter = 'captured' | 'refundable' | 'refunded' | 'disputed' | 'chargedBack';

/** The row that says why money moved: its kind and id, the status it leaves (none: it is new), what it is from now on. */
export interface Entry {
  kind: 'refund' | 'capture' | 'dispute';
  id: string;
  from?: string;
  facts: { status: string } & Record<string, string | number | undefined>;
}

/** A change of the money of a payment, the entry that says why and the event that tells of it: all or nothing. */
export interface Booking {
  /** As it was seen: a payment that another booking changed since is left alone. */
  payment: Payment;
  by: Partial<Record<Counter, number>>;
  to?: PaymentState;
  entry: Entry;
  event: CloudEvent;
}

/** What makes a booking the answer to one request of a member of staff. */
export interface StaffRequest {
  request: IdempotentRequest;
  reply: Reply;
  now: number;
  /** The `sub` of the member of staff. */
  actor: string;
}

export type Booked =
  | { booked: true }
  /** Something changed meanwhile: look again. `answer`: the Idempotency-Key was used before. */
  | { booked: false; answer?: Reply | Refusal };

/** Money that moves outside the saga. Reads are strongly consistent. */
export interface Bookings {
  payment(orderId: string): Promise<Payment | undefined>;
  /** The facts of an entry, undefined when there is none. */
  entry(orderId: string, kind: Entry['kind'], id: string): Promise<Entry['facts'] | undefined>;
  refund(orderId: string, refundId: string): Promise<Refund | undefined>;
  /** All refunds of an order, those of the saga too, oldest first. */
  refunds(orderId: string): Promise<Refund[]>;
  book(booking: Booking, staff?: StaffRequest): Promise<Booked>;
}

export interface RepliesToRequests {
  /** The stored answer of this very request, if it was made before. */
  find(request: IdempotentRequest, now: number): Promise<Reply | Refusal | undefined>;
}
