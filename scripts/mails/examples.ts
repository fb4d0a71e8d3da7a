import type { OrderNews, Recipient } from '../../services/notifications/domain/order-mail';

const eur = (amount: number) => ({ amount, currency: 'EUR' });

const order = {
  eventId: 'evt_01KAJ6T5V8F0Q2N4R6S8T0V2W4',
  customerId: '5f0c2a1e-6d1b-4b58-9d57-3a1f0d6c9b11',
  orderId: 'ord_01KAJ6T3M2C8E4G6H8J0K2M4N6',
  at: '2026-11-21T12:07:53.000Z',
  lines: [
    { name: 'Stoneware Dripper', quantity: 1, unitPrice: eur(2490) },
    { name: 'Guji Natural, 250 g', quantity: 2, unitPrice: eur(1550) },
    { name: 'Seville Marmalade, batch 12', quantity: 12, unitPrice: eur(890) },
  ],
  total: eur(16270),
};

/** Who the example mails go to: nobody. */
export const recipient: Recipient = {
  email: 'ines@example.com',
  name: 'Ines',
  shippingAddress: {
    name: 'Ines Carvalho',
    line1: 'Rua das Flores 27',
    line2: '2nd floor, left',
    city: 'Lisboa',
    postalCode: '1200-194',
    country: 'PT',
  },
};

/** What is left to say where nothing is listed. */
const noLines = { ...order, lines: [], total: undefined };

const parcel = { ...order, lines: order.lines.slice(0, 2), total: eur(5590) };

const back = { ...order, lines: order.lines.slice(1, 2), total: eur(3100) };

const link = 'https://shop.example.com/orders/ord_01KAJ6T3M2C8E4G6H8J0K2M4N6?t=a-link-of-its-own';

/** Mails that have a link for whoever has no account, or to the bank. */
const links: Partial<Record<OrderNews['kind'], Partial<Recipient>>> = {
  'order-shipped': { link },
  'choice-asked': { link },
  'action-required': { actionUrl: 'https://bank.example.com/confirm/01KAJ6T3' },
  'order-link': { link },
};

export const recipientOf = (kind: OrderNews['kind']): Recipient => ({ ...recipient, ...links[kind] });

/** One example of each message, by the name of its files in docs/mails. */
export const examples: Record<OrderNews['kind'], OrderNews> = {
  'order-confirmed': { ...order, kind: 'order-confirmed' },
  'order-rejected': { ...order, kind: 'order-rejected', reason: 'OUT_OF_STOCK', paymentStatus: 'VOIDED' },
  'order-cancelled': { ...order, kind: 'order-cancelled' },
  'order-shipped': { ...parcel, kind: 'order-shipped', carrier: 'DHL', trackingNumber: 'JD014600003828' },
  'order-delivered': { ...parcel, total: undefined, kind: 'order-delivered' },
  'return-received': { ...back, kind: 'return-received' },
  'return-refunded': { ...noLines, total: eur(3100), kind: 'return-refunded' },
  'return-refused': { ...noLines, kind: 'return-refused' },
  'order-refunded': { ...noLines, total: eur(1200), kind: 'order-refunded' },
  'choice-asked': { ...parcel, kind: 'choice-asked', expiresAt: '2026-11-22T12:07:53.000Z' },
  'action-required': { ...noLines, kind: 'action-required' },
  'payment-lost': { ...noLines, kind: 'payment-lost', expiresAt: '2026-11-24T12:07:53.000Z' },
  'rest-cancelled': { ...parcel, kind: 'rest-cancelled' },
  'order-link': { ...noLines, kind: 'order-link' },
};

export const disabledEndpoint = {
  id: 'hook_01KAJ6T3M2C8E4G6H8J0K2M4N6',
  url: 'https://partner.example.com/orderly',
  description: 'Warehouse of the partner',
};
