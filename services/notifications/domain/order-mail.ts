import type { Money } from '../../../shared/kernel/money';

/** What customers are told of; their preferences name these words. */
export type OrderMailKind =
  | 'order-confirmed'
  | 'order-rejected'
  | 'order-cancelled'
  | 'order-shipped'
  | 'order-delivered'
  | 'return-received'
  | 'return-refunded'
  | 'return-refused'
  | 'order-refunded'
  | 'choice-asked'
  | 'action-required'
  | 'payment-lost'
  | 'rest-cancelled'
  | 'order-link';

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
  customerId: string;
  /** When it happened, ISO 8601 UTC. */
  at: string;
  lines: OrderedLine[];
  /** Of the order, or of what is told: a parcel, what can still be had, what goes back. */
  total?: Money;
  reason?: string;
  paymentStatus?: string;
  carrier?: string;
  trackingNumber?: string;
  /** Until when the customer may decide. */
  expiresAt?: string;
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
  phone?: string;
  name?: string;
  shippingAddress?: PostalAddress;
  /** Opens a guest's order without an account. */
  link?: string;
  /** Where the customer completes the payment. */
  actionUrl?: string;
}

/** A mail as it goes out. */
export interface Mail {
  subject: string;
  html: string;
  text: string;
}

/** A message for a small screen. */
export interface Note {
  title: string;
  text: string;
}
