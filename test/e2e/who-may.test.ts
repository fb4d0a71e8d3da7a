import { createHmac } from 'node:crypto';
import { givenEndpoint } from '../../scripts/local/aws-env';
import { api, newKey } from '../support/api';
import { placeOrder } from '../support/order';
import { claimsOf, joined, reissued } from '../support/pool-signature';
import { demoUser, signIn, tokenOf } from '../support/sign-in';

/** The key lies in the folder of the stack under test, unless somebody else's stack is. */
const hasKey = !givenEndpoint;

const now = (): number => Math.floor(Date.now() / 1000);

async function forged(): Promise<Record<string, string | undefined>> {
  const { accessToken, idToken } = await signIn(await demoUser('customer'));
  const [header = '', payload = '', signature = ''] = accessToken.split('.');
  const claims = claimsOf(accessToken);
  const head = joined({ alg: 'HS256', typ: 'JWT' }, claims);
  return {
    none: undefined,
    'not a token': 'nonsense',
    'an ID token': idToken,
    'one with changed claims': `${header}.${joined({}, { ...claims, sub: 'somebody-else' }).split('.')[1]}.${signature}`,
    'one with a changed signature': `${header}.${payload}.${'A'.repeat(signature.length)}`,
    'one that says it needs no signature': `${joined({ alg: 'none' }, claims)}.`,
    'one signed by somebody else': `${head}.${createHmac('sha256', 'a key of our own').update(head).digest('base64url')}`,
  };
}

/**
 * Each is signed as the pool signs, so what is refused is the claim. One without `exp` is not among them: the local AWS
 * lets it through, no pool issues it, and what API Gateway does with it is not written down
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html).
 */
async function wronglyClaimed(): Promise<Record<string, string>> {
  const { accessToken } = await signIn(await demoUser('customer'));
  const pool = String(claimsOf(accessToken).iss);
  return {
    'one that has expired': await reissued(accessToken, { exp: now() - 1 }),
    'one that is not valid yet': await reissued(accessToken, { nbf: now() + 600 }),
    'one issued in the future': await reissued(accessToken, { iat: now() + 600 }),
    'one of another client': await reissued(accessToken, { client_id: 'another-client' }),
    'one of another pool': await reissued(accessToken, { iss: `${pool}x` }),
    'one without our scope': await reissued(accessToken, { scope: 'openid' }),
  };
}

/** These lack the scope alone; the others are not even a caller's. */
const WITHOUT_SCOPE = ['an ID token', 'one without our scope'];

const ROUTES = [
  'POST /orders',
  'POST /orders/quote',
  'GET /orders',
  'GET /orders/ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
  'GET /orders/ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W/history',
  'POST /orders/ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W/cancel',
  'POST /me/guest-orders',
  'POST /staff/orders/search',
  'GET /staff/orders/ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W/timeline',
  'POST /orders/ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W/review',
  'POST /orders/ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W/choice',
];

test.each(ROUTES)(
  '%s is refused by the gateway for every token that is not a good access token',
  async (route) => {
    const tokens = { ...(await forged()), ...(hasKey && (await wronglyClaimed())) };
    for (const [what, token] of Object.entries(tokens)) {
      const answer = await api(route, {
        token,
        key: newKey(),
        body: route.startsWith('POST') ? {} : undefined,
      });
      expect([what, answer.status]).toEqual([what, WITHOUT_SCOPE.includes(what) ? 403 : 401]);
      expect(Object.keys(answer.body)).toEqual(['message']);
    }
  },
);

(hasKey ? test : test.skip)(
  'an access token that this test signs with the key of the pool is let through',
  async () => {
    const { accessToken } = await signIn(await demoUser('customer'));
    const token = await reissued(accessToken, { exp: now() + 60, jti: 'of this test' });
    expect(token).not.toBe(accessToken);
    expect((await api('GET /orders', { token })).status).toBe(200);
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
