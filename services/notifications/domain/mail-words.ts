import { fulfilmentWords } from './fulfilment-words';
import type { MailWords } from './mail-parts';
import type { OrderMailKind, OrderNews } from './order-mail';
import { moneyWords, rejectionWords } from './rejection-words';
import { waitingWords } from './waiting-words';

const confirmed = (): MailWords => ({
  subject: 'Your order is confirmed',
  preheader: 'Your payment went through and everything is set aside for you.',
  label: 'Confirmed',
  headline: 'Thank you for your order',
  paragraphs: [
    'It is confirmed. Your payment went through, and everything you chose is set aside for you. We are getting it ready.',
  ],
  note: 'There is nothing more for you to do. Keep this mail as your record of the order.',
  dateLabel: 'Confirmed on',
  linesLabel: 'Your order',
  totalLabel: 'Total',
  addressLabel: 'Shipping to',
  linkLabel: 'Open your order',
});

function rejected({ reason, paymentStatus }: OrderNews): MailWords {
  const { why, whatNow } = rejectionWords(reason);
  return {
    subject: 'We could not complete your order',
    preheader: why,
    label: 'Not completed',
    headline: 'We could not complete your order',
    paragraphs: [`${why} We are sorry.`, whatNow],
    note: moneyWords(paymentStatus),
    dateLabel: 'Date',
    linesLabel: 'What you chose',
    totalLabel: 'Total, nothing to pay',
    addressLabel: 'Shipping address',
    linkLabel: 'Open your order',
  };
}

const cancelled = (): MailWords => ({
  subject: 'Your order is cancelled',
  preheader: 'Nothing will be sent, and what you paid comes back to you in full.',
  label: 'Cancelled',
  headline: 'Your order is cancelled',
  paragraphs: ['Nothing of it will be sent, and there is nothing more you need to do.'],
  note: 'What you paid comes back to you in full, the way you paid it. Banks usually take three to five working days. If an amount was only reserved, it is released.',
  dateLabel: 'Cancelled on',
  linesLabel: 'What you had ordered',
  totalLabel: 'Total',
  addressLabel: 'Shipping address',
  linkLabel: 'Open your order',
});

const WORDS: Record<OrderMailKind, (news: OrderNews) => MailWords> = {
  'order-confirmed': confirmed,
  'order-rejected': rejected,
  'order-cancelled': cancelled,
  ...fulfilmentWords,
  ...waitingWords,
};

export const mailWords = (news: OrderNews): MailWords => WORDS[news.kind](news);
