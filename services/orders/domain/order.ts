import type { Money } from '../../../shared/kernel/money';

export type OrderStatus =
  | 'PENDING'
  | 'IN_REVIEW'
  | 'AWAITING_CUSTOMER'
  | 'AWAITING_PAYMENT'
  | 'CONFIRMED'
  | 'SHIPPED'
  | 'DELIVERED'
  | 'REJECTED'
  | 'CANCELLED';

export const PAYMENT_STATUSES = [
  'PENDING',
  'REQUIRES_ACTION',
  'UNKNOWN',
  'AUTHORIZED',
  'CAPTURED',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'DECLINED',
  'VOIDED',
  'DISPUTED',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export type FulfilmentStatus =
  | 'UNFULFILLED'
  | 'PARTIALLY_SHIPPED'
  | 'SHIPPED'
  | 'PARTIALLY_DELIVERED'
  | 'DELIVERED'
  | 'PARTIALLY_RETURNED'
  | 'RETURNED';

export const REJECTION_REASONS = [
  'OUT_OF_STOCK',
  'PAYMENT_DECLINED',
  'PAYMENT_FAILED',
  'PRODUCT_UNAVAILABLE',
  'FRAUD_REFUSED',
  'REVIEW_EXPIRED',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

export interface OrderLine {
  productId: string;
  name: string;
  quantity: number;
  unitPrice: Money;
}

export interface Address {
  name: string;
  line1: string;
  line2?: string;
  city: string;
  postalCode: string;
  country: string;
}

export interface Contact {
  email?: string;
  phone?: string;
}

/** What the customer has to do before the payment can go on. */
export interface NextAction {
  type: 'redirect';
  url: string;
  expiresAt: string;
}

/** What can still be had of an order, offered to a customer who asked to be asked. */
export interface Proposal {
  items: OrderLine[];
  total: Money;
  expiresAt: string;
}

export type ReviewDecision = 'APPROVED' | 'REFUSED' | 'EXPIRED';

/** How many units of a line are where; each counts those that went further too. */
export interface Progress {
  shipped: number;
  delivered: number;
  /** Announced by the customer, or received and not settled yet. */
  returning: number;
  returned: number;
}

export interface Order {
  id: string;
  customerId: string;
  status: OrderStatus;
  paymentStatus: PaymentStatus;
  fulfilmentStatus: FulfilmentStatus;
  items: OrderLine[];
  total: Money;
  /** Raised by every change; what `ETag` carries. */
  version: number;
  /** The one attempt of the saga that counts. */
  attempt: number;
  /** The execution that claimed the attempt. */
  runBy?: string;
  /** True while an attempt still owes this order an end. */
  owed: boolean;
  createdAt: string;
  updatedAt: string;
  /** The correlation id under which the order was placed. */
  correlationId: string;
  contact?: Contact;
  /** Of a guest's order: its e-mail address under a key of ours, to be found by. */
  emailHash?: string;
  shippingAddress?: Address;
  onUnavailable?: 'ask';
  /** Only until the payment has an end. */
  paymentToken?: string;
  cancelRequestedAt?: string;
  cancelReason?: string;
  rejectionReason?: RejectionReason;
  nextAction?: NextAction;
  /** IN_REVIEW: until when staff may decide. AWAITING_PAYMENT after a lost authorisation: until when its customer may. */
  decideBy?: string;
  /** What staff decided, or that they did not in time; an order is held for review once. */
  review?: ReviewDecision;
  /** Free text of staff: here alone, in no event, answer or log. */
  reviewNote?: string;
  /** AWAITING_CUSTOMER: what is offered, and until when. */
  proposal?: Proposal;
  /** When somebody decided and so set the order going again. */
  decidedAt?: string;
  /** Of the last news from payments: what moved the payment outside the saga. */
  paymentVersion?: number;
  /** By product: how many units are shipped, delivered, coming back; absent until the first parcel. */
  progress?: Record<string, Progress>;
  /** When the last parcel so far arrived; from then on the days for returns count. */
  lastDeliveredAt?: string;
  /** When the person was taken out of the order; what the books need stays. */
  erasedAt?: string;
  /** Of the erased shipping address: what the tax was reckoned by. */
  taxCountry?: string;
}
