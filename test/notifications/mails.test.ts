import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderedFiles } from '../../scripts/mails/render';
import { mustacheTemplates } from '../../services/notifications/adapters/mustache-templates';
import type { OrderNews, Recipient } from '../../services/notifications/domain/order-mail';
import { news } from './fakes';

const shippingAddress = {
  name: 'Ines Carvalho',
  line1: 'Rua das Flores 27',
  line2: '2nd floor',
  city: 'Lisboa',
  postalCode: '1200-194',
  country: 'PT',
};

const write = (over: Partial<OrderNews> = {}, recipient: Partial<Recipient> = {}) =>
  mustacheTemplates.write(news(over), { email: 'ines@example.com', ...recipient });

const kinds: OrderNews['kind'][] = ['order-confirmed', 'order-rejected', 'order-cancelled'];

describe.each(Object.entries(renderedFiles()))('docs/mails/%s', (name, now) => {
  test('is what the templates write now; if that is meant: npm run mails', () => {
    expect(readFileSync(join(__dirname, '../../docs/mails', name), 'utf8')).toBe(now);
  });
});

describe.each(kinds)('the mail %s', (kind) => {
  const { html, text } = write({ kind, reason: 'OUT_OF_STOCK' }, { name: 'Ines', shippingAddress });

  test.each([
    ['order number', 'ord_1'],
    ['name of a line', 'Enamel Mug'],
    ['unit price', '€14.50'],
    ['line total and total', '€29.00'],
    ['recipient', 'Hello Ines,'],
    ['day', '21 November 2026'],
    ...Object.values({ ...shippingAddress, country: 'Portugal' }).map((part) => ['address', part]),
  ])('shows the %s in both parts: %s', (_what, shown) => {
    expect(html).toContain(shown);
    expect(text).toContain(shown);
  });

  test('shows the quantity in both parts', () => {
    expect(html).toContain('2 × €14.50');
    expect(text).toContain('2 x €14.50 = €29.00');
  });

  test('fetches nothing and follows nobody', () => {
    expect(html).not.toMatch(/<img|<link|<script|@import|url\(|src=|href=/i);
  });

  test('tells its language, its colour schemes and which tables are only layout', () => {
    expect(html).toContain('<html lang="en"');
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain('prefers-color-scheme: dark');
    const tables = html.match(/<table(?![^>]*role="presentation")[^>]*>/g);
    expect(tables).toHaveLength(1);
    expect(html).toContain('scope="col"');
  });

  test('leaves no placeholder behind', () => {
    expect(html + text).not.toMatch(/\{\{|\}\}|undefined|\[object/);
  });
});

test.each([
  ['OUT_OF_STOCK', 'no longer have enough'],
  ['PRODUCT_UNAVAILABLE', 'no longer for sale'],
  ['PAYMENT_DECLINED', 'declined the payment'],
  ['PAYMENT_FAILED', 'could not be completed'],
  ['A_REASON_OF_TOMORROW', 'not able to accept'],
])('an order rejected for %s is told so in words: %s', (reason, words) => {
  const { html, text } = write({ kind: 'order-rejected', reason, paymentStatus: 'VOIDED' });
  for (const part of [html, text]) {
    expect(part).toContain(words);
    expect(part).toContain('You have not been charged');
    expect(part).not.toContain(reason);
  }
});

test('an order rejected after its charge was taken back does not claim that there was none', () => {
  const { text } = write({ kind: 'order-rejected', reason: 'OUT_OF_STOCK', paymentStatus: 'REFUNDED' });
  expect(text).toContain('sent all of it back');
  expect(text).not.toContain('You have not been charged');
});

test('a cancelled order says that what was paid comes back', () => {
  const { html, text } = write({ kind: 'order-cancelled' });
  for (const part of [html, text]) expect(part).toContain('What you paid comes back to you in full');
});

test.each([
  ['EUR', 1450, '€14.50'],
  ['USD', 123456, '$1,234.56'],
  ['GBP', 5, '£0.05'],
  ['JPY', 1980, '¥1,980'],
  ['CHF', 2000, 'CHF\u00a020.00'],
  ['KWD', 12345, 'KWD\u00a012.345'],
])('%s %i reads %s', (currency, amount, shown) => {
  const money = { amount, currency };
  const { html, text } = write({ lines: [{ name: 'Mug', quantity: 1, unitPrice: money }], total: money });
  expect(text).toContain(`Total: ${shown}`);
  expect(html).toContain(shown);
});

describe('what people and catalogues wrote', () => {
  const hostile = `<script>alert(1)</script> & "quoted" 'n {{total}} {{{total}}}`;
  const lines = [{ name: hostile, quantity: 1, unitPrice: { amount: 1, currency: 'EUR' } }];

  test('is escaped in the HTML part and plain in the text part', () => {
    const { html, text } = write(
      { lines },
      { name: hostile, shippingAddress: { ...shippingAddress, city: hostile } },
    );
    expect(html).not.toContain('<script');
    expect(html.match(/&lt;script&gt;/g)).toHaveLength(3);
    expect(text).toContain(hostile);
  });

  test('cannot draw lines of its own into the text part', () => {
    const name = 'Mug\r\n\r\nTotal: €0.00\u2028Pay here\u0000';
    const { text } = write({
      lines: [{ ...lines[0], quantity: 1, unitPrice: { amount: 1, currency: 'EUR' }, name }],
    });
    expect(text).toContain('- Mug Total: €0.00 Pay here\n');
  });

  test('never reaches the subject', () => {
    expect(write({ lines }, { name: hostile }).subject).toBe('Your order is confirmed');
  });
});

test('a mail without name and address greets plainly and has no empty block', () => {
  const { html, text } = write();
  expect(text).toContain('Hello,');
  expect(html + text).not.toContain('Shipping to');
});

test('the largest order stays below the 102 KB at which Gmail cuts a mail off', () => {
  const line = { name: '"'.repeat(200), quantity: 999, unitPrice: { amount: 1e11, currency: 'EUR' } };
  const { html } = write({ lines: Array(30).fill(line), total: { amount: 2997e12, currency: 'EUR' } });
  expect(Buffer.byteLength(html)).toBeLessThan(102 * 1024);
});
