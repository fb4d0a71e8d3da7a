import { formatMoney } from '../../../shared/kernel/money';
import type { MailWords } from './mail-parts';
import type { OrderNews } from './order-mail';

const COMES_BACK =
  'It comes back the way you paid it. Banks usually take three to five working days to show it.';

/** Staff or a bank gave it back before, or it was never taken. */
const NOTHING_LEFT = 'Of what was paid for it nothing is left to give back, so nothing more is refunded.';

const COMMON = {
  dateLabel: 'Date',
  linesLabel: 'What it is about',
  totalLabel: 'Total',
  addressLabel: 'Shipping address',
  linkLabel: 'Open your order',
};

const amount = ({ total }: OrderNews): string => (total ? formatMoney(total) : 'What you paid');

const shipped = (): MailWords => ({
  ...COMMON,
  subject: 'Your parcel is on its way',
  preheader: 'It was handed to the carrier; the tracking number is inside.',
  label: 'Shipped',
  headline: 'Your parcel is on its way',
  paragraphs: ['We handed it to the carrier. What is in it stands below.'],
  note: 'With the tracking number you can follow it at the carrier. If you ordered more, the rest comes in a parcel of its own.',
  dateLabel: 'Shipped on',
  linesLabel: 'In this parcel',
  totalLabel: 'Value of this parcel',
  addressLabel: 'On its way to',
});

const delivered = (): MailWords => ({
  ...COMMON,
  subject: 'Your parcel was delivered',
  preheader: 'The carrier tells us that it has arrived.',
  label: 'Delivered',
  headline: 'Your parcel has arrived',
  paragraphs: ['The carrier tells us that it was delivered. We hope you enjoy what is in it.'],
  note: 'Something missing or not as you wished? You can send it back within the time for returns.',
  dateLabel: 'Delivered on',
  linesLabel: 'In this parcel',
  addressLabel: 'Delivered to',
});

const returnReceived = (): MailWords => ({
  ...COMMON,
  subject: 'We have your return',
  preheader: 'It has arrived, and your refund is being made.',
  label: 'Return received',
  headline: 'We have your return',
  paragraphs: ['What you sent back has arrived. We are making your refund now.'],
  note: 'There is nothing more for you to do. We write again as soon as the money is on its way.',
  dateLabel: 'Received on',
  linesLabel: 'What you sent back',
  totalLabel: 'To be refunded',
});

function returnRefunded(news: OrderNews): MailWords {
  const given = news.total?.amount === 0;
  return {
    ...COMMON,
    subject: 'Your return is completed',
    preheader: given ? NOTHING_LEFT : `${amount(news)} is on its way back to you.`,
    label: 'Return completed',
    headline: 'Your return is completed',
    paragraphs: [given ? NOTHING_LEFT : `${amount(news)} is on its way back to you. ${COMES_BACK}`],
    note: 'With this your return is completed, and there is nothing more for you to do.',
    totalLabel: 'Refunded',
  };
}

const returnRefused = (): MailWords => ({
  ...COMMON,
  subject: 'We could not accept your return',
  preheader: 'Nothing is refunded for it. Please reply if you think that is wrong.',
  label: 'Return not accepted',
  headline: 'We could not accept your return',
  paragraphs: ['We looked at what you sent back and could not take it as a return. We are sorry.'],
  note: 'Nothing is refunded for it. If you think that is wrong, please reply to this mail.',
});

const refunded = (news: OrderNews): MailWords => ({
  ...COMMON,
  subject: 'A refund is on its way to you',
  preheader: `${amount(news)} is on its way back to you.`,
  label: 'Refunded',
  headline: 'A refund is on its way to you',
  paragraphs: [`${amount(news)} is on its way back to you. ${COMES_BACK}`],
  note: 'There is nothing more for you to do.',
  dateLabel: 'Refunded on',
  totalLabel: 'Refunded',
});

export const fulfilmentWords = {
  'order-shipped': shipped,
  'order-delivered': delivered,
  'return-received': returnReceived,
  'return-refunded': returnRefunded,
  'return-refused': returnRefused,
  'order-refunded': refunded,
};
