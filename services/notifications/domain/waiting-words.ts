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

const paymentLost = ({ expiresAt }: OrderNews): MailWords => ({
  ...COMMON,
  subject: 'The payment for your order is no longer reserved',
  preheader: 'Nothing was taken for what has not been sent, and it cannot be sent without the payment.',
  label: 'Payment lost',
  headline: 'Your payment is no longer reserved',
  paragraphs: [
    'Your bank had reserved the amount for this order, does not hold it any longer, and did not renew it. Nothing was taken for what has not been sent, and without the payment we cannot send it. We are sorry.',
    'If you still want it, please order it again.',
  ],
  note: `There is nothing you have to do: what has not been sent is cancelled ${expiresAt ? `on ${moment(expiresAt)}` : 'in a few days'}. While nothing has been sent, you can cancel the order yourself before that.`,
});

const restCancelled = (): MailWords => ({
  ...COMMON,
  subject: 'What was not sent of your order is cancelled',
  preheader: 'Nothing was taken for it. What was sent stays yours.',
  label: 'Rest cancelled',
  headline: 'The rest of your order is cancelled',
  paragraphs: [
    'The payment for what had not been sent of this order was not to be had any more. That part is cancelled, and nothing was taken for it.',
  ],
  note: 'What we sent you stays yours, and you have paid for that alone. You are welcome to order the rest again.',
  dateLabel: 'Cancelled on',
  linesLabel: 'What is cancelled',
  totalLabel: 'Not to be paid',
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
  'rest-cancelled': restCancelled,
  'order-link': orderLink,
};
