import { context, startWire, type Wire } from '../inventory/wire';
import { bodyOf, ENVIRONMENT, type HttpHandler, order, request } from './support';

let wire: Wire;
beforeAll(async () => {
  wire = await startWire({ ...ENVIRONMENT, LOG_LEVEL: 'silent', PUBLIC_CALLS_PER_SECOND: '1' });
});
afterAll(() => wire.close());

const link = { path: { id: 'ord_01KA00000SAMP1E0RDER000000' }, query: { t: 'nonsense' } };

/** Each call by another address, so that no limit of a caller's own is met. */
test.each([
  [
    'POST /guest/orders',
    'create-guest-order',
    (n: number) => request({ body: order({ contact: { email: `${n}@example.com` } }) }),
  ],
  ['GET /guest/orders/{id}', 'get-guest-order', () => request(link)],
  ['POST /guest/orders/{id}/cancel', 'cancel-guest-order', () => request({ ...link, body: {} })],
  [
    'POST /guest/orders/link',
    'request-guest-link',
    (n: number) => request({ body: { orderId: link.path.id, email: `${n}@example.com` } }),
  ],
])('a flood of %s is answered 429', async (_route, file, call) => {
  const { handler } = (await import(`../../../services/orders/handlers/${file}`)) as { handler: HttpHandler };
  // Two seconds' worth lie in the bucket; what becomes of them is another test's.
  const [, , refused = {}] = await Promise.all([1, 2, 3].map((n) => handler(call(n), context())));
  expect([refused.statusCode, bodyOf(refused).code]).toEqual([429, 'RATE_LIMITED']);
  expect(refused.headers).toHaveProperty('retry-after');
});
