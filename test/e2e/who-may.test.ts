import { createHmac } from 'node:crypto';
import { api, newKey } from '../support/api';
import { placeOrder } from '../support/order';
import { demoUser, signIn, tokenOf } from '../support/sign-in';

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));

async function tokens(): Promise<Record<string, string | undefined>> {
  const { accessToken, idToken } = await signIn(await demoUser('customer'));
  const [header = '', payload = '', signature = ''] = accessToken.split('.');
  const signedByUs = (claims: unknown) => {
    const head = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
    return `${head}.${createHmac('sha256', 'a key of our own').update(head).digest('base64url')}`;
  };
  return {
    none: undefined,
    'not a token': 'nonsense',
    'an ID token': idToken,
    'one with changed claims': `${header}.${encode({ ...claimsOf(accessToken), sub: 'somebody-else' })}.${signature}`,
    'one with a changed signature': `${header}.${payload}.${'A'.repeat(signature.length)}`,
    'one that says it needs no signature': `${encode({ alg: 'none' })}.${payload}.`,
    'one signed by somebody else': signedByUs(claimsOf(accessToken)),
    'one that has expired, signed by somebody else': signedByUs({
      ...claimsOf(accessToken),
      exp: 1_700_000_000,
    }),
  };
}

const ROUTES = [
  'POST /orders',
  'POST /orders/quote',
  'GET /orders',
  'GET /orders/ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
  'GET /orders/ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W/history',
  'POST /orders/ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W/cancel',
];

test.each(ROUTES)(
  '%s is refused by the gateway for every token that is not a good access token',
  async (route) => {
    for (const [what, token] of Object.entries(await tokens())) {
      const answer = await api(route, {
        token,
        key: newKey(),
        body: route.startsWith('POST') ? {} : undefined,
      });
      expect([what, answer.status]).toEqual([what, what === 'an ID token' ? 403 : 401]);
      expect(Object.keys(answer.body)).toEqual(['message']);
    }
  },
);

test("somebody else's order looks like one that never was", async () => {
  const { body } = await placeOrder({
    items: [{ productId: 'prd_01KA000004F11TERS000000000', quantity: 1 }],
  });
  const token = await tokenOf('customer', 1);
  const strip = ({ status, body: problem }: { status: number; body: { code: string; detail: string } }) => ({
    status,
    code: problem.code,
    detail: problem.detail,
  });
  for (const path of ['', '/history', '/cancel']) {
    const method = path === '/cancel' ? 'POST' : 'GET';
    const call = () => ({ token, key: newKey(), body: method === 'POST' ? {} : undefined });
    const theirs = strip(await api(`${method} /orders/${body.id}${path}`, call()));
    expect(theirs).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(theirs).toEqual(
      strip(await api(`${method} /orders/ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W${path}`, call())),
    );
  }
});

test('the gateway allows the origins of the stage, and no others', async () => {
  const preflight = (origin: string) =>
    api('OPTIONS /orders', {
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'idempotency-key',
      },
    });
  const ours = await preflight('http://127.0.0.1:3000');
  expect(ours.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:3000');
  expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
});
