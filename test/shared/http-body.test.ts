import { MAX_BODY_BYTES } from '../../shared/kernel/route';
import { readBody } from '../../shared/lambda/http-body';

const read = (
  body: string | undefined,
  type: string | undefined = 'application/json',
  isBase64Encoded = false,
) => readBody({ body, isBase64Encoded, headers: type === undefined ? {} : { 'content-type': type } });

const timed = (work: () => unknown): number => {
  const started = performance.now();
  work();
  return performance.now() - started;
};

test.each([
  ['an object', '{"a":[1,{"b":null}]}', { a: [1, { b: null }] }],
  ['brackets inside a text', JSON.stringify({ a: '[{'.repeat(40) }), { a: '[{'.repeat(40) }],
  ['escaped quotes', '{"a":"\\"[[[[[[[[[[[[[[[[[[[["}', { a: `"${'['.repeat(20)}` }],
  ['16 levels', `${'['.repeat(16)}${']'.repeat(16)}`, JSON.parse(`${'['.repeat(16)}${']'.repeat(16)}`)],
])('%s is read', (_what, body, value) => {
  expect(read(body)).toEqual({ value });
});

test.each(['application/json; charset=utf-8', 'Application/JSON', 'application/json;charset=UTF-8'])(
  'media type %s',
  (type) => {
    expect(read('{}', type)).toEqual({ value: {} });
  },
);

test('base64, as the gateway hands on bytes', () => {
  expect(read(Buffer.from('{"ä":1}').toString('base64'), 'application/json', true)).toEqual({
    value: { ä: 1 },
  });
});

test.each([
  ['1 MB', `{"a":"${'x'.repeat(1024 * 1024)}"}`, 'BODY_TOO_LARGE'],
  ['one byte too many', 'x'.repeat(MAX_BODY_BYTES + 1), 'BODY_TOO_LARGE'],
  ['many bytes in few characters', `"${'€'.repeat(MAX_BODY_BYTES / 2)}"`, 'BODY_TOO_LARGE'],
  ['10,000 levels', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'VALIDATION_FAILED'],
  ['17 levels', `${'{"a":'.repeat(17)}1${'}'.repeat(17)}`, 'VALIDATION_FAILED'],
  ['10,000 levels that never close', '['.repeat(10_000), 'VALIDATION_FAILED'],
  ['__proto__', '{"__proto__":{"admin":true}}', 'VALIDATION_FAILED'],
  ['__proto__ in escapes', '{"\\u005f_proto__":{"admin":true}}', 'VALIDATION_FAILED'],
  ['constructor.prototype', '{"constructor":{"prototype":{"admin":true}}}', 'VALIDATION_FAILED'],
  ['nothing', '', 'VALIDATION_FAILED'],
  ['no body at all', undefined, 'VALIDATION_FAILED'],
  ['half of it', '{"a":', 'VALIDATION_FAILED'],
  ['XML', '<order/>', 'VALIDATION_FAILED'],
  ['a text that never closes', '{"a":"', 'VALIDATION_FAILED'],
])('%s is refused', (_what, body, refused) => {
  expect(read(body)).toMatchObject({ refused });
});

test.each(['text/plain', 'application/xml', 'application/jsonp', ''])('media type %p is refused', (type) => {
  expect(read('{}', type)).toMatchObject({ refused: 'UNSUPPORTED_MEDIA_TYPE' });
});

test('a body without a media type is refused', () => {
  expect(readBody({ body: '{}', isBase64Encoded: false, headers: {} })).toMatchObject({
    refused: 'UNSUPPORTED_MEDIA_TYPE',
  });
});

test('what is wrong is never repeated', () => {
  expect(JSON.stringify(read('{"card":"4111111111111111"'))).not.toContain('4111');
});

// The first takes seven seconds with a pattern that starts anew at every quote.
test.each([
  ['escaped quotes that never close', `"${'\\"'.repeat(MAX_BODY_BYTES / 2 - 2)}`],
  ['quotes', '"'.repeat(MAX_BODY_BYTES - 1)],
  ['backslashes', `"${'\\'.repeat(MAX_BODY_BYTES - 2)}`],
])('64 KB of %s are refused at once', (_what, body) => {
  expect(timed(() => read(body))).toBeLessThan(1000);
  expect(read(body)).toMatchObject({ refused: 'VALIDATION_FAILED' });
});
