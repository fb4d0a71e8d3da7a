import fc from 'fast-check';
import { searchFor, tokensOf, wordsOf } from '../../services/inventory/domain/search';

test.each([
  ['Gooseneck Kettle, 0.9 l', ['gooseneck', 'kettle', '0', '9', 'l']],
  ['Crème brûlée', ['creme', 'brulee']],
  ['CAFÉ café Cafe', ['cafe']],
  ['Straße Øre Łódź', ['strasse', 'ore', 'lodz']],
  ['ﬁne ＭＵＧ', ['fine', 'mug']],
  ['茶碗 чай', ['茶碗', 'чаи']],
  ['!? …', []],
])('%s has the words %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test('a name is asked for in any case, with or without its accents', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
      expect(wordsOf(text.normalize('NFD'))).toEqual(wordsOf(text.normalize('NFC')));
      expect(wordsOf(wordsOf(text).join(' '))).toEqual(wordsOf(text));
    }),
  );
});

const mug = { name: 'Blue Enamel Mug', category: 'Table ware', status: 'active' as const };

test('a product is listed under its words and its category, and under nothing once it is retired', () => {
  expect(tokensOf(mug)).toEqual(['word#blue', 'word#enamel', 'word#mug', 'category#table ware']);
  expect(tokensOf({ ...mug, status: 'retired' })).toEqual([]);
});

test('a name of many words is listed under the first twenty', () => {
  const name = Array.from({ length: 90 }, (_, n) => n).join(' ');
  expect(tokensOf({ ...mug, name })).toHaveLength(21);
});

test.each([
  [{ category: 'TABLE ware' }, { by: 'category#table ware', and: [] }],
  [{ q: 'mug' }, { by: 'word#mug', and: [] }],
  [{ q: 'Mug  ENAMEL mug' }, { by: 'word#enamel', and: ['word#mug'] }],
  [
    { q: 'mug', category: 'table ware' },
    { by: 'word#mug', and: ['category#table ware'] },
  ],
  [
    { q: 'mug', category: '' },
    { by: 'word#mug', and: ['category#'] },
  ],
  [{ q: '--' }, undefined],
  [{ q: 'a b c d e f g h i' }, undefined],
])('%j is read by its longest word and filtered by the rest: %j', (asked, search) => {
  expect(searchFor(asked)).toEqual(search);
});
