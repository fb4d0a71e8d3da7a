import { formatMoney } from '../../../shared/kernel/money';
import type { Note, OrderMailKind, OrderNews } from './order-mail';
import { rejectionWords } from './rejection-words';

const amount = ({ total }: OrderNews): string => (total ? formatMoney(total) : 'the amount');

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

export const moment = (at: string): string => `${dates.format(new Date(at))} UTC`;

const until = ({ expiresAt }: OrderNews): string => (expiresAt ? ` until ${moment(expiresAt)}` : '');

const on = ({ expiresAt }: OrderNews): string => (expiresAt ? ` on ${moment(expiresAt)}` : ' in a few days');

const by = ({ carrier, trackingNumber }: OrderNews): string =>
  carrier ? `${carrier}, tracking number ${trackingNumber}.` : 'It is on its way to you.';

/** What a phone shows: nothing of what was bought, since others can read a locked screen. */
const WORDS: Record<OrderMailKind, (news: OrderNews) => Note> = {
  'order-confirmed': () => ({ title: 'Order confirmed', text: 'Thank you. We are getting it ready.' }),
  'order-rejected': ({ reason }) => ({ title: 'Order not completed', text: rejectionWords(reason).why }),
  'order-cancelled': () => ({ title: 'Order cancelled', text: 'What you paid comes back to you in full.' }),
  'order-shipped': (news) => ({ title: 'Parcel on its way', text: by(news) }),
  'order-delivered': () => ({ title: 'Parcel delivered', text: 'We hope you enjoy what is in it.' }),
  'return-received': () => ({ title: 'Return received', text: 'We have it and are looking at it.' }),
  'return-refunded': (news) => ({
    title: 'Return completed',
    text:
      news.total?.amount === 0
        ? 'Of what was paid for it nothing is left to give back.'
        : `${amount(news)} is on its way back to you.`,
  }),
  'return-refused': () => ({
    title: 'Return not accepted',
    text: 'Nothing is refunded. The mail about it says whom to ask.',
  }),
  'order-refunded': (news) => ({ title: 'Refund sent', text: `${amount(news)} is on its way back to you.` }),
  'choice-asked': (news) => ({
    title: 'Please decide about your order',
    text: `Part of it is sold out. The rest costs ${amount(news)}. You can take it or cancel${until(news)}.`,
  }),
  'action-required': () => ({
    title: 'Please confirm your payment',
    text: 'Your bank asks you to confirm it. Open your order to do so; it waits half an hour.',
  }),
  'payment-lost': (news) => ({
    title: 'Payment no longer reserved',
    text: `Your bank let go of the amount for your order. What was not sent is cancelled${on(news)}.`,
  }),
  'rest-cancelled': () => ({
    title: 'Rest of your order cancelled',
    text: 'What was not sent is cancelled, and nothing was taken for it.',
  }),
  'order-link': () => ({ title: 'Your order', text: 'A new link to your order is in your mail.' }),
};

export const shortWords = (news: OrderNews): Note => WORDS[news.kind](news);
