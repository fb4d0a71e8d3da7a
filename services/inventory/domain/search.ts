/** Letters that Unicode does not take apart into a base and an accent. */
const FOLDED: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** A product is found by the first words of its name: with the other writes of its transaction they stay below 100. */
const WORDS_OF_A_NAME = 20;

/** A longer word is found by its beginning. */
const LONGEST_WORD = 40;

export const WORDS_OF_A_QUESTION = 8;

/** Case, accents and width do not tell words apart: `Crème` is `creme`. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðłþı]/g, (letter) => FOLDED[letter] ?? letter);

/** The different words of a text, as products are listed and asked for by. */
export const wordsOf = (text: string): string[] => [
  ...new Set((fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, LONGEST_WORD))),
];

const wordToken = (word: string): string => `word#${word}`;
const categoryToken = (category: string): string => `category#${fold(category).trim()}`;

interface Listed {
  name: string;
  category: string;
  status: 'active' | 'retired';
}

/** What a product is listed under while it is for sale. */
export const tokensOf = ({ name, category, status }: Listed): string[] =>
  status === 'active'
    ? [...wordsOf(name).slice(0, WORDS_OF_A_NAME).map(wordToken), categoryToken(category)]
    : [];

export interface Search {
  /** Its rows are read. */
  by: string;
  /** Tokens that a row must have besides. */
  and: string[];
}

/**
 * One token is read, the others are looked for in its rows: the longest word, since long words are rare and every
 * category is common. Undefined: there is no word in the question, or there are more than eight.
 */
export function searchFor({ category, q }: { category?: string; q?: string }): Search | undefined {
  const words = q === undefined ? [] : wordsOf(q);
  if (words.length > WORDS_OF_A_QUESTION || (q !== undefined && words.length === 0)) return undefined;
  const [longest, ...others] = words
    .toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map(wordToken);
  const tokens = [longest, ...others, category === undefined ? undefined : categoryToken(category)];
  const [by, ...and] = tokens.filter((token) => token !== undefined);
  return by === undefined ? undefined : { by, and };
}
