import { formatMoney, times } from '../../../shared/kernel/money';
import type { MailWords } from './mail-parts';
import { mailWords } from './mail-words';
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
  facts: { name: string; value: string }[];
  /** Absent where there is nothing to list. */
  table?: { lines: LineView[]; total?: string };
  address?: { lines: string[] };
  link?: string;
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

/** What has no line of a table to stand in. */
const factsOf = (
  { carrier, trackingNumber, lines, total }: OrderNews,
  totalLabel: string,
): MailView['facts'] => [
  ...(carrier ? [{ name: 'Carrier', value: oneLine(carrier) }] : []),
  ...(trackingNumber ? [{ name: 'Tracking number', value: oneLine(trackingNumber) }] : []),
  ...(total && lines.length === 0 ? [{ name: totalLabel, value: formatMoney(total) }] : []),
];

export function mailView(news: OrderNews, recipient: Omit<Recipient, 'email'>): MailView {
  const { name, shippingAddress, link, actionUrl } = recipient;
  const known = oneLine(name ?? '');
  const words = mailWords(news);
  const { lines, total } = news;
  return {
    ...words,
    orderId: news.orderId,
    date: dates.format(new Date(news.at)),
    greeting: known ? `Hello ${known},` : 'Hello,',
    facts: factsOf(news, words.totalLabel),
    table: lines.length > 0 ? { lines: lines.map(lineView), total: total && formatMoney(total) } : undefined,
    address: lines.length > 0 && shippingAddress ? { lines: addressLines(shippingAddress) } : undefined,
    link: news.kind === 'action-required' ? (actionUrl ?? link) : link,
  };
}
