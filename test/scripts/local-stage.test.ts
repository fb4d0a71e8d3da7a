const { environmentOf } = require('../../scripts/packaging/local-stage.cjs');

const REAL = {
  PATH: '/bin',
  AWS_PROFILE: 'work',
  AWS_ACCESS_KEY_ID: 'AKIAREALLYMINE',
  AWS_SECRET_ACCESS_KEY: 'mine',
  AWS_SESSION_TOKEN: 'mine-for-an-hour',
  AWS_ENDPOINT_URL_DYNAMODB: 'https://dynamodb.eu-west-1.amazonaws.com',
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
};

test('stage local, whatever keys the shell has, goes to the running stack with the keys of the local AWS', () => {
  expect(environmentOf('local', REAL, 'http://127.0.0.1:4570')).toEqual({
    PATH: '/bin',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4570',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});

test.each([{}, REAL])('stage local without a running stack is refused, and told what to type', (env) => {
  expect(() => environmentOf('local', env, undefined)).toThrow(/not running.*\n.*npm start/);
});

test('an endpoint that the user named is kept with the keys beside it, and nothing leads past it', () => {
  const named = { ...REAL, AWS_ENDPOINT_URL: 'http://127.0.0.1:5000' };
  const { AWS_ENDPOINT_URL_DYNAMODB: _one, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: _all, ...kept } = named;
  expect(environmentOf('local', named, undefined)).toEqual(kept);
});

test.each(['dev', 'staging', 'prod'])('stage %s keeps the account of the shell', (stage) => {
  expect(environmentOf(stage, REAL, 'http://127.0.0.1:4570')).toEqual(REAL);
  expect(environmentOf(stage, REAL, undefined)).toEqual(REAL);
});
