import type { MailWords } from './mail-parts';
import type { OrderNews } from './order-mail';
import { moment } from './short-words';

const COMMON = {
  dateLabel: 'Date',
  linesLabel: 'Your order',
  totalLabel: 'Total',
  addressLabel: 'Shipping address',
  linkLabel: 'Open your order',
};

const choiceAsked = ({ expiresAt }: OrderNews): MailWords => ({
  ...COMMON,
  subject: 'Part of your order is sold out: please decide',
  preheader: 'You can take what is left at its new total, or cancel.',
  label: 'Your decision',
  headline: 'Part of your order is sold out',
  paragraphs: [
    'Someone was quicker: we no longer have all of what you chose. You asked us to ask you, so here is what you can still have.',
    'Open your order to take the rest at its new total, or to cancel.',
  ],
  note: `You have not been charged.${expiresAt ? ` We wait for you until ${moment(expiresAt)};` : ''} if we hear nothing by then, the order is cancelled.`,
  linesLabel: 'What you can still have',
  totalLabel: 'New total',
  linkLabel: 'Decide now',
});

const actionRequired = (): MailWords => ({
  ...COMMON,
  subject: 'Please confirm your payment',
  preheader: 'Your bank asks you to confirm it; the order waits for half an hour.',
  label: 'Payment waits',
  headline: 'Please confirm your payment',
  paragraphs: [
    'Your bank wants to be sure that it is you who pays. Open your order and follow the link to your bank.',
  ],
  note: 'What you chose is set aside for you for half an hour. If the payment is not confirmed by then, the order is not completed and you pay nothing.',
  linkLabel: 'Confirm the payment',
});

const paymentLost = (): MailWords => ({
  ...COMMON,
  subject: 'Please pay for your order again',
  preheader: 'Your bank no longer holds the amount, and the order waits.',
  label: 'Payment needed',
  headline: 'Please pay for your order again',
  paragraphs: [
    'Your bank had reserved the amount for this order, does not hold it any longer, and did not renew it. Nothing was taken for what has not been sent.',
  ],
  note: 'Your order waits for you. Open it to pay again, or to cancel what has not been sent.',
  linkLabel: 'Pay again',
});

const orderLink = (): MailWords => ({
  ...COMMON,
  subject: 'The link to your order',
  preheader: 'It opens your order for 30 days, without an account.',
  label: 'Your link',
  headline: 'Here is the link to your order',
  paragraphs: ['You asked for a new link. It opens this order for 30 days, without an account.'],
  note: 'Whoever has the link can see the order and cancel it, so please keep it to yourself. If you did not ask for it, you need not do anything.',
});

export const waitingWords = {
  'choice-asked': choiceAsked,
  'action-required': actionRequired,
  'payment-lost': paymentLost,
  'order-link': orderLink,
};
