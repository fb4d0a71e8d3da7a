import { environment, integer, text } from '../../shared/lambda/environment';

const shape = { TABLE_NAME: text, PER_MINUTE: integer, QUEUE_NAME: text };

test('gives its values by type', () => {
  Object.assign(process.env, { TABLE_NAME: 'orders', PER_MINUTE: '30', QUEUE_NAME: 'mails' });
  expect(environment(shape)).toEqual({ TABLE_NAME: 'orders', PER_MINUTE: 30, QUEUE_NAME: 'mails' });
});

test('names every fault at once, and no value', () => {
  Object.assign(process.env, { PER_MINUTE: '30s-of-secret', QUEUE_NAME: 'mails' });
  delete process.env.TABLE_NAME;
  expect(() => environment(shape)).toThrow(/: TABLE_NAME, PER_MINUTE \(/);
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
