import Joi from 'joi';
import { validate } from '../../shared/lambda/validation';

const schema = Joi.object({
  items: Joi.array()
    .items(Joi.object({ quantity: Joi.number().integer().min(1).max(999) }))
    .min(1),
  name: Joi.string()
    .pattern(/^[a-z]+$/)
    .optional(),
});

const pointersOf = (input: unknown) => {
  const checked = validate(schema, input);
  return 'violations' in checked ? checked.violations.map(({ pointer }) => pointer) : [];
};

test.each<[string, unknown, string[]]>([
  ['what fits', { items: [{ quantity: 1 }] }, []],
  [
    'every violation at once',
    { items: [{ quantity: 0 }, { quantity: 1.5 }], name: 'A' },
    ['/items/0/quantity', '/items/1/quantity', '/name'],
  ],
  ['what is missing', {}, ['/items']],
  ['what is missing inside', { items: [{}] }, ['/items/0/quantity']],
  ['an unknown field', { items: [{ quantity: 1, price: 1 }] }, ['/items/0/price']],
  ['a text for a number', { items: [{ quantity: '1' }] }, ['/items/0/quantity']],
  ['something that is no object', [], ['']],
  ['null', null, ['']],
  ['nothing', undefined, ['']],
])('%s', (_what, input, pointers) => {
  expect(pointersOf(input)).toEqual(pointers);
});

test('a slash and a tilde in a name are escaped as RFC 6901 says', () => {
  expect(pointersOf({ items: [{ quantity: 1 }], 'a/b~c': 1 })).toEqual(['/a~1b~0c']);
});

test('texts become numbers only where everything arrives as text, under the prefix of the place', () => {
  const query = Joi.object({ limit: Joi.number().integer().min(1).max(100) });
  const ofQuery = (limit: string) => validate(query, { limit }, { prefix: '/query', convert: true });
  expect(ofQuery('20')).toEqual({ value: { limit: 20 } });
  for (const limit of ['0', '101', '-1', '1.5', 'many', '', '0x10', 'Infinity', 'NaN']) {
    expect(ofQuery(limit)).toMatchObject({ violations: [{ pointer: '/query/limit' }] });
  }
});

test('a violation never repeats the value', () => {
  const checked = validate(schema, { items: [{ quantity: 1 }], name: 'ada@example.com' });
  expect(JSON.stringify(checked)).not.toContain('ada@example.com');
});

test('of ten thousand faults the first fifty are told', () => {
  const items = Array.from({ length: 10_000 }, () => ({ quantity: 0 }));
  expect(pointersOf({ items })).toHaveLength(50);
});
