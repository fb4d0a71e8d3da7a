import {
  firstGuess,
  givingBack,
  leavesSome,
  sameLines,
  shortages,
  split,
  taking,
} from '../../services/inventory/domain/stock';

const level = (shard: number, available: number, productId = 'mug') => ({ productId, shard, available });
const one = (quantity: number) => [{ productId: 'mug', quantity }];
/** bucketOf('A', 4) is 65 % 4. */
const HOME_OF_A = 1;

describe('the first guess', () => {
  test('takes each line whole from the shard that the order points at', () => {
    expect(firstGuess('A', one(3), new Map([['mug', 4]]))).toEqual([
      { productId: 'mug', quantity: 3, from: { [HOME_OF_A]: 3 } },
    ]);
  });

  test('knows one shard of a product it was told nothing about', () => {
    expect(firstGuess('A', one(3), new Map())).toEqual([{ productId: 'mug', quantity: 3, from: { 0: 3 } }]);
  });
});

describe('a split', () => {
  test.each([
    ['the own shard when it has enough', 2, [9, 2, 9, 9], { 1: 2 }],
    ['the own shard, then the fullest', 6, [1, 2, 7, 3], { 1: 2, 2: 4 }],
    ['all shards when it takes all', 10, [1, 2, 4, 3], { 0: 1, 1: 2, 2: 4, 3: 3 }],
    ['others when the own one is empty', 1, [0, 0, 1, 0], { 2: 1 }],
    ['nothing from a shard below zero', 1, [-1, 0, 1, 0], { 2: 1 }],
  ])('takes from %s', (_name, quantity, levels, from) => {
    const shards = levels.map((available, shard) => level(shard, available));
    expect(split('A', one(quantity), shards)).toEqual([{ productId: 'mug', quantity, from }]);
  });

  test.each([
    ['the sum is one too little', [5, 4]],
    ['there is no row at all', []],
  ])('is refused when %s', (_name, levels) => {
    const shards = (levels as number[]).map((available, shard) => level(shard, available));
    expect(split('A', one(10), shards)).toBeUndefined();
  });

  test('is refused as a whole when one of its lines is', () => {
    const lines = [...one(1), { productId: 'jam', quantity: 1 }];
    expect(split('A', lines, [level(0, 5), level(0, 0, 'jam')])).toBeUndefined();
  });
});

describe('what is short', () => {
  const wanted = [...one(10), { productId: 'jam', quantity: 1 }];
  const jam = level(0, 1, 'jam');

  test.each([
    ['the sum of all shards is too little', [level(0, 5), level(1, 3), jam], [['mug', 2]]],
    ['there is no row at all', [jam], [['mug', 10]]],
    ['a shard is below zero', [level(0, 9), level(1, -4), jam], [['mug', 1]]],
    ['there is enough of all', [level(0, 5), level(1, 5), jam], []],
    [
      'both are gone',
      [level(0, 0)],
      [
        ['mug', 10],
        ['jam', 1],
      ],
    ],
  ])('is told by line when %s', (_name, levels, short) => {
    expect(shortages(wanted, levels)).toEqual(
      (short as [string, number][]).map(([productId, missing]) => ({ productId, missing })),
    );
  });

  test.each([
    [
      'one unit of one line is left',
      [
        { productId: 'mug', missing: 9 },
        { productId: 'jam', missing: 1 },
      ],
      true,
    ],
    ['one line is not short at all', [{ productId: 'mug', missing: 10 }], true],
    [
      'every unit is missing',
      [
        { productId: 'mug', missing: 10 },
        { productId: 'jam', missing: 1 },
      ],
      false,
    ],
  ])('leaves something to be had: %s', (_name, short, some) => {
    expect(leavesSome(wanted, short)).toBe(some);
  });
});

test('what is given back is what was taken, shard by shard', () => {
  const lines = [{ productId: 'mug', quantity: 6, from: { 1: 2, 2: 4 } }];
  expect(taking(lines)).toEqual([
    { productId: 'mug', shard: 1, units: -2 },
    { productId: 'mug', shard: 2, units: -4 },
  ]);
  expect(givingBack(lines)).toEqual(taking(lines).map((change) => ({ ...change, units: -change.units })));
});

test.each([
  [
    true,
    'in another order',
    [
      ['a', 1],
      ['b', 2],
    ],
    [
      ['b', 2],
      ['a', 1],
    ],
  ],
  [false, 'with another quantity', [['a', 1]], [['a', 2]]],
  [
    false,
    'with a line more',
    [['a', 1]],
    [
      ['a', 1],
      ['b', 1],
    ],
  ],
  [false, 'with another product', [['a', 1]], [['b', 1]]],
])('lines are the same: %s %s', (same, _name, a, b) => {
  const lines = (pairs: unknown) =>
    (pairs as [string, number][]).map(([productId, quantity]) => ({ productId, quantity }));
  expect(sameLines(lines(a), lines(b))).toBe(same);
});
