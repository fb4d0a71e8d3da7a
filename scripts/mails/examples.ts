import type { OrderNews, Recipient } from '../../services/notifications/domain/order-mail';

const eur = (amount: number) => ({ amount, currency: 'EUR' });

const order = {
  eventId: 'evt_01KAJ6T5V8F0Q2N4R6S8T0V2W4',
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

/** One example of each mail, by the name of its files in docs/mails. */
export const examples: Record<OrderNews['kind'], OrderNews> = {
  'order-confirmed': { ...order, kind: 'order-confirmed' },
  'order-rejected': { ...order, kind: 'order-rejected', reason: 'OUT_OF_STOCK', paymentStatus: 'VOIDED' },
  'order-cancelled': { ...order, kind: 'order-cancelled' },
};
