import { mergeLines, type Price, quote } from '../../services/orders/domain/pricing';
import { MAX_AMOUNT } from '../../shared/kernel/money';
import { price } from './support/an-order';

const items = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ productId: `p${index}`, quantity: 1 }));
const listOf = (...prices: Price[]) => new Map(prices.map((one) => [one.productId, one]));

describe('merging lines', () => {
  test('equal products become one line, at the place of the first', () => {
    const merged = mergeLines([
      { productId: 'a', quantity: 2 },
      { productId: 'b', quantity: 1 },
      { productId: 'a', quantity: 3 },
    ]);
    expect(merged).toEqual([
      { productId: 'a', quantity: 5 },
      { productId: 'b', quantity: 1 },
    ]);
  });

  test('30 products fit, and 100 lines of 30 products too', () => {
    expect(mergeLines(items(30))).toHaveLength(30);
    const hundred = Array.from({ length: 100 }, (_, index) => ({ productId: `p${index % 30}`, quantity: 1 }));
    expect(mergeLines(hundred)).toHaveLength(30);
  });

  test('31 products after merging are refused', () => {
    expect(mergeLines([...items(31), { productId: 'p0', quantity: 1 }])).toMatchObject({
      refused: 'VALIDATION_FAILED',
      errors: [{ pointer: '/items' }],
    });
  });

  test.each([
    [[999], undefined],
    [[500, 499], undefined],
    [[500, 500], '/items/1/quantity'],
    [[999, 1], '/items/1/quantity'],
  ])('quantities of one product %j', (quantities, pointer) => {
    const merged = mergeLines(quantities.map((quantity) => ({ productId: 'a', quantity })));
    if (pointer) expect(merged).toMatchObject({ refused: 'VALIDATION_FAILED', errors: [{ pointer }] });
    else expect(merged).toEqual([{ productId: 'a', quantity: 999 }]);
  });

  test('an id named like a member of every object is a product like others', () => {
    expect(mergeLines([{ productId: 'constructor', quantity: 1 }])).toEqual([
      { productId: 'constructor', quantity: 1 },
    ]);
  });
});

describe('a quote', () => {
  const prices = listOf(
    price('mug', { name: 'Enamel Mug', price: { amount: 1450, currency: 'EUR' } }),
    price('dripper', { price: { amount: 2490, currency: 'EUR' } }),
    price('old', { status: 'retired' }),
    price('oldest', { status: 'retired' }),
    price('dollar', { price: { amount: 100, currency: 'USD' } }),
    price('gold', { price: { amount: MAX_AMOUNT, currency: 'EUR' } }),
  );
  const priced = (...wanted: [string, number][]) => {
    const lines = wanted.map(([productId, quantity]) => ({ productId, quantity }));
    return quote(lines, prices, lines);
  };

  test('has the name and price of the list, and the total', () => {
    expect(priced(['mug', 2], ['dripper', 1])).toEqual({
      items: [
        { productId: 'mug', name: 'Enamel Mug', quantity: 2, unitPrice: { amount: 1450, currency: 'EUR' } },
        { productId: 'dripper', name: 'dripper', quantity: 1, unitPrice: { amount: 2490, currency: 'EUR' } },
      ],
      total: { amount: 5390, currency: 'EUR' },
    });
  });

  test.each<[string, [string, number][], string, string[]]>([
    [
      'unknown products',
      [
        ['mug', 1],
        ['x', 1],
        ['y', 1],
      ],
      'PRODUCT_UNKNOWN',
      ['/items/1/productId', '/items/2/productId'],
    ],
    [
      'retired products',
      [
        ['old', 1],
        ['mug', 1],
        ['oldest', 1],
      ],
      'PRODUCT_UNAVAILABLE',
      ['/items/0/productId', '/items/2/productId'],
    ],
    [
      'an unknown one before a retired one',
      [
        ['old', 1],
        ['x', 1],
      ],
      'PRODUCT_UNKNOWN',
      ['/items/1/productId'],
    ],
    [
      'two currencies',
      [
        ['mug', 1],
        ['dollar', 1],
      ],
      'VALIDATION_FAILED',
      ['/items'],
    ],
    ['a total beyond what money may be', [['gold', 2]], 'VALIDATION_FAILED', ['/items']],
  ])('%s are refused at their pointers', (_what, wanted, refused, pointers) => {
    const refusal = priced(...wanted);
    expect(refusal).toMatchObject({ refused });
    expect((refusal as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)).toEqual(
      pointers,
    );
  });

  test('a pointer names the line as the client sent it, before merging', () => {
    const asSent = [
      { productId: 'mug', quantity: 1 },
      { productId: 'mug', quantity: 1 },
      { productId: 'x', quantity: 1 },
    ];
    const merged = mergeLines(asSent) as { productId: string; quantity: number }[];
    expect(quote(merged, prices, asSent)).toMatchObject({ errors: [{ pointer: '/items/2/productId' }] });
  });
});
