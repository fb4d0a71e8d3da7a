import type { Money } from '../../../shared/kernel/money';

export type OrderMailKind = 'order-confirmed' | 'order-rejected' | 'order-cancelled';

export interface OrderedLine {
  name: string;
  quantity: number;
  unitPrice: Money;
}

/** What an order's event says, as far as its customer is told. */
export interface OrderNews {
  kind: OrderMailKind;
  eventId: string;
  orderId: string;
  /** When it happened, ISO 8601 UTC. */
  at: string;
  lines: OrderedLine[];
  total: Money;
  reason?: string;
  paymentStatus?: string;
}

export interface PostalAddress {
  name: string;
  line1: string;
  line2?: string;
  city: string;
  postalCode: string;
  country: string;
}

/** A person as orders knows them at the time of sending; never stored or logged here (docs/rules.md, 11). */
export interface Recipient {
  email: string;
  name?: string;
  shippingAddress?: PostalAddress;
}

/** A mail as it goes out. */
export interface Mail {
  subject: string;
  html: string;
  text: string;
}
