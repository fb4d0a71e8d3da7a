import fc from 'fast-check';
import { holdsCardNumber } from '../../shared/kernel/card-number';
import { decodeCursor, encodeCursor } from '../../shared/kernel/cursor';
import { idempotentRequest } from '../../shared/kernel/idempotency';
import { bucketOf, idPattern, newId } from '../../shared/kernel/ids';
import { formatMoney, MAX_AMOUNT, moneySchema, sameMoney, sum, times } from '../../shared/kernel/money';
import { line } from '../../shared/kernel/text';
import { epochSeconds, iso } from '../../shared/kernel/time';

const eur = (amount: number) => ({ amount, currency: 'EUR' });

describe('money', () => {
  test('is multiplied and summed in minor units', () => {
    expect(sum([times(eur(1450), 2), eur(2490)])).toEqual(eur(5390));
  });

  test.each([
    ['two currencies', [eur(1), { amount: 1, currency: 'USD' }]],
    ['nothing', []],
  ])('of %s has no sum', (_what, amounts) => {
    expect(() => sum(amounts)).toThrow(RangeError);
  });

  test('30 lines of 999 at the highest price stay exact', () => {
    const most = sum(Array.from({ length: 30 }, () => times(eur(MAX_AMOUNT), 999)));
    expect(Number.isSafeInteger(most.amount)).toBe(true);
  });

  test.each([
    [eur(1999), '€19.99'],
    [eur(5), '€0.05'],
    [{ amount: 1500, currency: 'JPY' }, '¥1,500'],
  ])('%j reads %s', (amount, text) => {
    expect(formatMoney(amount)).toBe(text);
  });

  test('is the same only in the same currency', () => {
    expect(sameMoney(eur(1), eur(1))).toBe(true);
    expect(sameMoney(eur(1), { amount: 1, currency: 'USD' })).toBe(false);
  });

  test.each([-1, 1.5, MAX_AMOUNT + 1, 1e21, '1', null])('from outside %p is refused', (amount) => {
    expect(moneySchema.validate({ amount, currency: 'EUR' }, { convert: false }).error).toBeDefined();
  });
});

describe('ids', () => {
  test('sort by the time they were made, also within one millisecond', () => {
    const ids = Array.from({ length: 1000 }, (_, index) => newId('ord', 1_900_000_000_000 + (index >> 3)));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('name what they are of', () => {
    expect(newId('ord')).toMatch(idPattern('ord'));
    expect(newId('evt')).not.toMatch(idPattern('ord'));
  });

  test('spread evenly over buckets', () => {
    const ids = Array.from({ length: 16_000 }, () => newId('ord'));
    const counts = new Array(16).fill(0);
    for (const id of ids) counts[bucketOf(id, 16)] += 1;
    expect(Math.min(...counts)).toBeGreaterThan(700);
  });
});

describe('a cursor', () => {
  const filter = { customerId: 'ada' };
  const position = newId('ord');
  const read = (cursor: string, of: unknown = filter) => decodeCursor(cursor, of, idPattern('ord'));

  test('gives its position back', () => {
    expect(read(encodeCursor(position, filter))).toBe(position);
  });

  test("does not fit another customer's list, nor another filter", () => {
    expect(read(encodeCursor(position, filter), { customerId: 'eve' })).toBeUndefined();
    expect(read(encodeCursor(position, filter), { ...filter, status: 'PENDING' })).toBeUndefined();
  });

  const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  test.each([
    ['not base64', '%%%'],
    ['empty', ''],
    ['not JSON', Buffer.from('nonsense').toString('base64url')],
    ['null', forged(null)],
    ['a number', forged(7)],
    ['a position without its filter', forged({ position })],
    ['a filter of its own making', forged({ position, filter: 'AAAAAAAAAAAA' })],
    ['a position that is an object', forged({ position: { S: position }, filter: 'x' })],
  ])('that is %s is refused', (_what, cursor) => {
    expect(read(cursor)).toBeUndefined();
  });

  test('with a forged position is refused though its filter is right', () => {
    const cursor = JSON.parse(Buffer.from(encodeCursor(position, filter), 'base64url').toString());
    expect(read(forged({ ...cursor, position: 'rate#ada#1' }))).toBeUndefined();
    expect(read(forged({ ...cursor, position: `${position}\n` }))).toBeUndefined();
  });

  test('made of anything is refused without an error', () => {
    fc.assert(fc.property(fc.string(), (text) => read(text) === undefined));
  });
});

describe('a card number in free text', () => {
  test.each([
    '4111111111111111',
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    'my card is 4111 1111 1111 1111, thanks',
    'Flat 12 4111 1111 1111 1111',
    '4111111111111111 12/27',
    '4111 1111 1111 1111 0627 123',
    '4111  1111  1111  1111',
    'amex 378282246310005',
    '4222222222222',
    '6304000000000000000',
  ])('%s', (text) => {
    expect(holdsCardNumber(text)).toBe(true);
  });

  test.each([
    '4111111111111112',
    'Mill Lane 1, 10115 Berlin',
    '411111111111',
    'call 030 1234567',
    '41111111111111111111',
    '',
  ])('not in %p', (text) => {
    expect(holdsCardNumber(text)).toBe(false);
  });
});

describe('an idempotent request', () => {
  const base = {
    caller: 'ada',
    method: 'POST',
    route: '/orders',
    key: 'k'.repeat(16),
    body: { items: [{ productId: 'a', quantity: 1 }], payment: { token: 't' } },
    parameters: {},
  };
  const of = (over: Partial<typeof base> | { body: unknown } = {}) =>
    idempotentRequest({ ...base, ...over } as typeof base);

  test('is the same whatever the order of its members', () => {
    const body = { payment: { token: 't' }, items: [{ quantity: 1, productId: 'a' }] };
    expect(of({ body })).toEqual(of());
  });

  test.each([
    ['body', { body: { ...base.body, more: 1 } }],
    ['path', { parameters: { path: { id: 'ord_1' } } }],
  ])('with another %s has another fingerprint under the same record', (_what, over) => {
    expect(of(over as never).recordKey).toBe(of().recordKey);
    expect(of(over as never).fingerprint).not.toBe(of().fingerprint);
  });

  test.each([['caller'], ['method'], ['route'], ['key']])(
    'with another %s has a record of its own',
    (part) => {
      expect(of({ [part]: 'other' } as never).recordKey).not.toBe(of().recordKey);
    },
  );

  test('1 and 1.0 and 1e0 are one number, as RFC 8785 says', () => {
    expect(of({ body: JSON.parse('{"a":1.0}') })).toEqual(of({ body: JSON.parse('{"a":1e0}') }));
  });
});

describe('a line of text', () => {
  test.each(['\u0000', 'a\u0000b', 'a\nb', 'a\tb', '\u007f', '\ud800', 'a\udc00', ''])(
    '%j is refused',
    (text) => {
      expect(line(10).validate(text).error).toBeDefined();
    },
  );

  test.each(['Ünal', '東京', '🙂', "O'Neil"])('%s is taken', (text) => {
    expect(line(10).validate(text).error).toBeUndefined();
  });
});

test('times are ISO 8601 UTC, and whole seconds for the table', () => {
  expect(iso(1_900_000_000_999)).toBe('2030-03-17T17:46:40.999Z');
  expect(epochSeconds(1_900_000_000_999)).toBe(1_900_000_000);
});
