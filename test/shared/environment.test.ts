import { environment, integer, oneOf, text } from '../../shared/lambda/environment';

const shape = { TABLE_NAME: text, PER_MINUTE: integer, MODE: oneOf('test', 'live') };

test('gives its values by type', () => {
  Object.assign(process.env, { TABLE_NAME: 'orders', PER_MINUTE: '30', MODE: 'live' });
  expect(environment(shape)).toEqual({ TABLE_NAME: 'orders', PER_MINUTE: 30, MODE: 'live' });
});

test('names every fault at once, and no value', () => {
  Object.assign(process.env, { PER_MINUTE: '30s-of-secret', MODE: 'Live' });
  delete process.env.TABLE_NAME;
  expect(() => environment(shape)).toThrow(/: TABLE_NAME, PER_MINUTE, MODE \(/);
  expect(() => environment(shape)).not.toThrow(/secret/);
});

test.each(['', '-1', '1.5', '1e3', ' 1'])('%p is no integer', (value) => {
  process.env.PER_MINUTE = value;
  expect(() => environment({ PER_MINUTE: integer })).toThrow('PER_MINUTE');
});

test('an empty text is missing', () => {
  process.env.TABLE_NAME = '';
  expect(() => environment({ TABLE_NAME: text })).toThrow('TABLE_NAME');
});
