import { formatMoney, times } from '../../../shared/kernel/money';
import { type MailWords, mailWords } from './mail-words';
import type { OrderedLine, OrderNews, PostalAddress, Recipient } from './order-mail';

interface LineView {
  name: string;
  quantity: number;
  unitPrice: string;
  total: string;
}

/** All that a template may show, as words: templates decide nothing but their order and look. */
export interface MailView extends MailWords {
  orderId: string;
  date: string;
  greeting: string;
  lines: LineView[];
  total: string;
  address?: { lines: string[] };
}

/** Names come from people and catalogues: line breaks in them must not draw lines of their own into the text part. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

const lineView = ({ name, quantity, unitPrice }: OrderedLine): LineView => ({
  name: oneLine(name),
  quantity,
  unitPrice: formatMoney(unitPrice),
  total: formatMoney(times(unitPrice, quantity)),
});

const countries = new Intl.DisplayNames('en', { type: 'region' });

/** `PT` reads Portugal; what is no ISO 3166 code is shown as it was given. */
const country = (code: string): string => (/^[A-Z]{2}$/.test(code) ? countries.of(code) : undefined) ?? code;

const addressLines = (address: PostalAddress): string[] =>
  [
    address.name,
    address.line1,
    address.line2 ?? '',
    `${address.postalCode} ${address.city}`,
    country(address.country),
  ]
    .map(oneLine)
    .filter(Boolean);

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

export function mailView(news: OrderNews, { name, shippingAddress }: Omit<Recipient, 'email'>): MailView {
  const known = oneLine(name ?? '');
  return {
    ...mailWords(news),
    orderId: news.orderId,
    date: dates.format(new Date(news.at)),
    greeting: known ? `Hello ${known},` : 'Hello,',
    lines: news.lines.map(lineView),
    total: formatMoney(news.total),
    address: shippingAddress && { lines: addressLines(shippingAddress) },
  };
}
