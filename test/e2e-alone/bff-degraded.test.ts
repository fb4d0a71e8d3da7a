import { api } from '../support/api';
import { withFunctionEnvironment } from '../support/function-environment';
import { placeOrder, settled } from '../support/order';
import { productOnSale } from '../support/product-on-sale';
import { type Fate, startProxy } from '../support/proxy';
import { tokenOf } from '../support/sign-in';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

const never = new Promise<never>(() => undefined);

/**
 * Reads the screen of an order while requests for its history meet their fate, until all else is in it: on a busy
 * machine another part may miss its 800 ms, and be named too.
 */
async function screenWith(fate: Fate, id: string) {
  const { apiUrl, endpoint } = await stack();
  const token = await tokenOf('customer');
  const proxy = await startProxy(endpoint, ({ path }) => (path.endsWith('/history') ? fate : 'pass'));
  try {
    const url = apiUrl.replace(endpoint, proxy.url);
    return await withFunctionEnvironment('showWebOrder', { API_URL: url }, () =>
      waitFor(
        async () => {
          const screen = await api(`GET /web/orders/${id}`, { token });
          return screen.status === 200 && screen.body.degraded.length < 2 && screen;
        },
        { limit: 60_000, what: 'all other parts' },
      ),
    );
  } finally {
    await proxy.close();
  }
}

test.each<[string, Fate]>([
  ['is slow', never],
  ['fails', 'drop-before'],
])('a part that %s is left out and named, and the rest comes', async (_what, fate) => {
  const { body } = await placeOrder({ items: [{ productId: await productOnSale(5), quantity: 1 }] });
  await settled(body.id);
  const screen = await screenWith(fate, body.id);
  expect(screen.body).toMatchObject({ order: { id: body.id }, degraded: ['history'] });
  expect(screen.body.history).toBeUndefined();
});
