import { type AccountError, accounts } from '../../shared/client/accounts';
import { api } from '../support/api';
import { claimsOf } from '../support/pool-signature';
import { stack } from '../support/stack';
import { totp } from '../support/totp';
import { waitFor } from '../support/wait-for';

const stamp = Date.now().toString(36);
const PASSWORD = 'Order-in-1815!';
const NEW_PASSWORD = 'Order-in-1852!';

let pool: ReturnType<typeof accounts>;
beforeAll(async () => {
  pool = accounts(await stack());
});

/** The codes of the mails to an address, the newest last. */
async function codesFor(email: string): Promise<string[]> {
  const answer = await fetch(`${(await stack()).endpoint}/_ministack/ses/messages`);
  const { messages } = (await answer.json()) as { messages: Record<string, { To: string[] }[]> };
  return Object.values(messages)
    .flat()
    .filter(({ To }) => To.includes(email))
    .flatMap((mail) => /\b\d{6}\b/.exec(JSON.stringify({ ...mail, MessageId: '', To: '' }))?.[0] ?? []);
}

const newestCode = (email: string, after = 0): Promise<string> =>
  waitFor(async () => (await codesFor(email))[after], { what: `a code for ${email}` });

async function signedUp(name: string): Promise<string> {
  const email = `${name}-${stamp}@example.com`;
  await pool.signUp({ email, password: PASSWORD });
  await pool.confirmSignUp({ email, code: await newestCode(email) });
  return email;
}

async function tokensOf(email: string, password = PASSWORD) {
  const signIn = await pool.signIn({ email, password });
  if (!('tokens' in signIn)) throw new Error('A code is asked for');
  return signIn.tokens;
}

const refusal = (call: Promise<unknown>): Promise<Pick<AccountError, 'code' | 'message'>> =>
  call.then(
    () => ({ code: 'none', message: '' }),
    ({ code, message }) => ({ code, message }),
  );

test('a customer signs up, shows the code of the mail, signs in, and has an account', async () => {
  const email = `signs-up-${stamp}@example.com`;
  expect(await refusal(pool.signUp({ email, password: 'too short' }))).toMatchObject({
    code: 'InvalidPasswordException',
  });
  await pool.signUp({ email, password: PASSWORD });
  expect(await refusal(pool.signIn({ email, password: PASSWORD }))).toMatchObject({
    code: 'UserNotConfirmedException',
  });
  const code = await newestCode(email);
  expect(await refusal(pool.confirmSignUp({ email, code: '000000' }))).toMatchObject({
    code: 'CodeMismatchException',
  });
  await pool.confirmSignUp({ email, code });
  const tokens = await tokensOf(email);
  const me = await api('GET /me', { token: tokens.accessToken });
  expect(me).toMatchObject({ status: 200, body: { id: claimsOf(tokens.accessToken).sub, version: 0 } });
  expect(claimsOf(tokens.idToken)).toMatchObject({ email, email_verified: true });

  const fresh = await pool.refresh(tokens.refreshToken);
  expect((await api('GET /me', { token: fresh.accessToken })).status).toBe(200);
  await pool.signOut(tokens);
  expect(await refusal(pool.refresh(tokens.refreshToken))).toMatchObject({ code: 'NotAuthorizedException' });
});

test('a forgotten password is replaced by the code of a mail, and the old one is no good any more', async () => {
  const email = await signedUp('forgets');
  const before = (await codesFor(email)).length;
  await pool.forgotPassword(email);
  const code = await newestCode(email, before);
  await pool.confirmForgotPassword({ email, code, password: NEW_PASSWORD });
  expect(await refusal(pool.signIn({ email, password: PASSWORD }))).toMatchObject({
    code: 'NotAuthorizedException',
  });
  expect((await tokensOf(email, NEW_PASSWORD)).expiresIn).toBe(3600);
  const again = pool.confirmForgotPassword({ email, code, password: PASSWORD });
  expect((await refusal(again)).code).toMatch(/^(ExpiredCode|CodeMismatch)Exception$/);
});

test('who sets up an authenticator app is asked for its code at each sign-in, until they end it', async () => {
  const email = await signedUp('second-factor');
  const tokens = await tokensOf(email);
  const { secret } = await pool.beginTotp(tokens);
  expect('tokens' in (await pool.signIn({ email, password: PASSWORD }))).toBe(true);
  await pool.confirmTotp(tokens, totp(secret));
  const asked = async () => {
    const signIn = await pool.signIn({ email, password: PASSWORD });
    if (!('challenge' in signIn)) throw new Error('No code is asked for');
    return signIn.challenge;
  };
  const wrong = totp(secret, Date.now() - 3_600_000);
  expect((await refusal(pool.answerChallenge(await asked(), wrong))).code).toMatch(
    /^(CodeMismatch|ExpiredCode|NotAuthorized)Exception$/,
  );
  const both = await pool.answerChallenge(await asked(), totp(secret));
  expect((await api('GET /me', { token: both.accessToken })).status).toBe(200);
  await pool.endTotp(both);
  expect((await tokensOf(email)).accessToken).toBeTruthy();
});

test('an address that nobody has is answered like one that somebody has', async () => {
  const email = await signedUp('known');
  const nobody = `known-of-nobody-${stamp}@example.com`;
  const both = (call: (address: string) => Promise<unknown>) =>
    Promise.all([refusal(call(email)), refusal(call(nobody))]);
  const alike = async (call: (address: string) => Promise<unknown>, code: string) => {
    const [known, unknown] = await both(call);
    expect(unknown).toEqual(known);
    expect(known.code).toBe(code);
  };
  await alike(
    (address) => pool.signIn({ email: address, password: 'Wrong-in-1815!' }),
    'NotAuthorizedException',
  );
  await alike((address) => pool.forgotPassword(address), 'none');
  await alike(
    (address) => pool.confirmForgotPassword({ email: address, code: '000000', password: NEW_PASSWORD }),
    'CodeMismatchException',
  );
  // The one place where Cognito must tell: an account cannot be made twice.
  expect(await refusal(pool.signUp({ email, password: PASSWORD }))).toMatchObject({
    code: 'UsernameExistsException',
  });
});

const address = {
  name: 'Ada Lovelace',
  line1: '12 St James Square',
  city: 'London',
  postalCode: 'SW1Y 4JH',
  country: 'GB',
};
const device = (n: number) => ({ platform: 'fcm', token: `token-of-device-${n}-${stamp}` });

test('addresses, preferences and devices are kept for their customer, in bounds, one change at a time', async () => {
  const [token = '', other = ''] = await Promise.all(
    ['keeps', 'other'].map(async (name) => (await tokensOf(await signedUp(name))).accessToken),
  );
  const patch = (body: unknown, version?: string) =>
    api('PATCH /me', { token, body, headers: version ? { 'if-match': version } : {} });
  const preferences = { email: { 'order-delivered': false }, sms: { 'order-shipped': false } };

  const blind = await patch({ preferences });
  expect(blind).toMatchObject({ status: 428, body: { code: 'IF_MATCH_REQUIRED' } });
  const first = await patch({ addresses: [address], preferences, devices: [device(1)] }, '"0"');
  expect(first).toMatchObject({ status: 200, body: { version: 1, addresses: [address], preferences } });
  expect(first.headers.get('etag')).toBe('"1"');
  expect(first.body.devices).toMatchObject([{ id: expect.stringMatching(/^dev_/), ...device(1) }]);
  const me = await api('GET /me', { token });
  expect(me.body).toEqual(first.body);
  expect((await api('GET /me', { token: other })).body).toMatchObject({
    addresses: [],
    devices: [],
    version: 0,
  });

  const [left, right] = await Promise.all([patch({ addresses: [] }, '"1"'), patch({ devices: [] }, '"1"')]);
  expect([left.status, right.status].sort()).toEqual([200, 412]);

  const version = (await api('GET /me', { token })).headers.get('etag') ?? '';
  const refused: [unknown, string][] = [
    [{ addresses: Array(11).fill(address) }, '/addresses'],
    [{ devices: Array.from({ length: 11 }, (_, n) => device(n)) }, '/devices'],
    [{ preferences: { pigeon: { 'order-shipped': true } } }, '/preferences/pigeon'],
    [{ addresses: [{ ...address, country: 'England' }] }, '/addresses/0/country'],
    [{ email: 'another@example.com' }, '/email'],
    [{}, ''],
  ];
  for (const [body, pointer] of refused) {
    const answer = await patch(body, version);
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED', errors: [{ pointer }] } });
  }
  const card = await patch({ addresses: [{ ...address, line1: '4242 4242 4242 4242' }] }, version);
  expect(card.body.code).toBe('CARD_NUMBER_REFUSED');
  expect((await api('GET /me', { token })).headers.get('etag')).toBe(version);
});
