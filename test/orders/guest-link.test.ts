import fc from 'fast-check';
import { SecretGuestLinks } from '../../services/orders/adapters/secret-guest-links';
import { LINK_LIFE, opensOrder, signLink } from '../../services/orders/domain/guest-link';
import { SECOND } from '../../shared/kernel/time';
import { NOW } from './support/an-order';

const keys = {
  current: 'a key of at least thirty-two letters',
  previous: 'the key of before, as long as that',
};
const ORDER = 'ord_01KA00000SAMP1E0RDER000000';
const token = signLink(keys, ORDER, NOW);
const opens = (given: string, orderId = ORDER, now = NOW) => opensOrder(keys, given, orderId, now);

test('a link opens its order until its thirty days are over', () => {
  expect(opens(token)).toBe(true);
  expect(opens(token, ORDER, NOW + LINK_LIFE - SECOND)).toBe(true);
  expect(opens(token, ORDER, NOW + LINK_LIFE)).toBe(false);
});

test('a link opens no other order, also not one whose id could be read as its expiry', () => {
  fc.assert(
    fc.property(fc.string(), (other) => {
      fc.pre(other !== ORDER);
      expect(opens(token, other)).toBe(false);
    }),
  );
});

test('any change of any letter of a token closes it', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \u0000é';
  fc.assert(
    fc.property(
      fc.nat(token.length - 1),
      fc.constantFrom(...letters),
      fc.constantFrom('replace', 'insert', 'delete', 'append'),
      (place, letter, how) => {
        const changed = {
          replace: token.slice(0, place) + letter + token.slice(place + 1),
          insert: token.slice(0, place) + letter + token.slice(place),
          delete: token.slice(0, place) + token.slice(place + 1),
          append: token + letter,
        }[how] as string;
        fc.pre(changed !== token);
        expect(opens(changed)).toBe(false);
      },
    ),
    { numRuns: 2000 },
  );
});

test('the last letter counts though base64 has two bits there that mean nothing', () => {
  const last = token.at(-1) as string;
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const twin = alphabet[alphabet.indexOf(last) ^ 1] as string;
  const changed = token.slice(0, -1) + twin;
  expect(Buffer.from(changed.split('.')[2] as string, 'base64url')).toEqual(
    Buffer.from(token.split('.')[2] as string, 'base64url'),
  );
  expect(opens(changed)).toBe(false);
});

test('a later expiry is not what was signed', () => {
  const [keyId, expires, mac] = token.split('.');
  expect(opens(`${keyId}.${Number(expires) + 1}.${mac}`)).toBe(false);
});

test.each(['', '.', '..', 'nonsense', `${token}.`, `.${token}`, token.repeat(2)])(
  '%j opens nothing',
  (text) => {
    expect(opens(text)).toBe(false);
  },
);

test('two keys are valid at once, and a third is not', () => {
  const { current, previous } = keys;
  const later = { current: 'the key that a rotation has put first', previous: current };
  expect(opensOrder(later, token, ORDER, NOW)).toBe(true);
  expect(opensOrder({ current: previous, previous: current }, token, ORDER, NOW)).toBe(true);
  const old = signLink({ current: previous }, ORDER, NOW);
  expect(opens(old)).toBe(true);
  expect(opensOrder(later, old, ORDER, NOW)).toBe(false);
  expect(opensOrder({ current: previous, previous: '' }, token, ORDER, NOW)).toBe(false);
});

test('signatures are compared in constant time', () => {
  expect(opensOrder.toString() + String(opens)).not.toMatch(/given\s*===|===\s*given/);
  const { readFileSync } = jest.requireActual<typeof import('node:fs')>('node:fs');
  const source = readFileSync(require.resolve('../../services/orders/domain/guest-link'), 'utf8');
  expect(source).toContain('timingSafeEqual(Buffer.from(a), Buffer.from(b))');
});

describe('the keys in their secret', () => {
  const links = (text: string) =>
    new SecretGuestLinks(async () => text, 'guest-links', 'https://shop.example.com/g');

  test('a link is the page of the shop with the order and its token, and opens it', async () => {
    const own = links(JSON.stringify(keys));
    const link = new URL(await own.linkTo(ORDER, NOW));
    expect(`${link.origin}${link.pathname}`).toBe(`https://shop.example.com/g/${ORDER}`);
    expect(await own.opens(link.searchParams.get('t') as string, ORDER, NOW)).toBe(true);
  });

  test('as the template makes them, without a previous one, they sign', async () => {
    const own = links(JSON.stringify({ current: keys.current, previous: '' }));
    expect(await own.linkTo(ORDER, NOW)).toContain('?t=');
  });

  test.each(['', 'no JSON', '{}', '{"current":"short"}', '[]', 'null'])(
    '%j is named and not repeated',
    async (text) => {
      await expect(links(text).linkTo(ORDER, NOW)).rejects.toThrow(
        'Secret guest-links has not the form { current, previous }',
      );
    },
  );
});
