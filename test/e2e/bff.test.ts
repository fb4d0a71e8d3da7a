import { api } from '../support/api';
import { placeOrder, settled } from '../support/order';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';
import { waitFor } from '../support/wait-for';

/** A busy machine may leave a part out, which the screen says: asked again until it is whole. */
const whole = (route: string, token: string) =>
  waitFor(
    async () => {
      const answer = await api(route, { token });
      return answer.status === 200 && answer.body.degraded.length === 0 && answer;
    },
    { limit: 60_000, what: `all parts of ${route}` },
  );

test('one call shows home, and a phone gets it in a quarter of the bytes', async () => {
  const token = await tokenOf('customer');
  const web = await whole('GET /web/home', token);
  expect(web.body).toMatchObject({ products: expect.any(Array), orders: expect.any(Array), degraded: [] });
  const mobile = await whole('GET /mobile/home', token);
  expect(mobile.body.products.length).toBeGreaterThan(0);
  expect(mobile.text.length).toBeLessThanOrEqual(web.text.length / 4);
});

test('one call shows an order with its history and products, and a phone gets it in a quarter of the bytes', async () => {
  const token = await tokenOf('customer');
  const { body } = await placeOrder({ items: [{ productId: await productOnSale(5), quantity: 1 }] });
  await settled(body.id);
  const web = await whole(`GET /web/orders/${body.id}`, token);
  expect(web.body.order.id).toBe(body.id);
  expect(web.body.history[0].type).toBe('order.placed');
  expect(web.body.products.map(({ id }: { id: string }) => id)).toEqual([web.body.order.items[0].productId]);
  const mobile = await whole(`GET /mobile/orders/${body.id}`, token);
  expect(mobile.body.order).toMatchObject({ id: body.id, status: 'CONFIRMED' });
  expect(mobile.text.length).toBeLessThanOrEqual(web.text.length / 4);
});

test("another customer's order is 404 on every screen, and nobody is 401", async () => {
  const { body } = await placeOrder({ items: [{ productId: await productOnSale(5), quantity: 1 }] });
  const token = await tokenOf('customer', 1);
  for (const kind of ['web', 'mobile']) {
    expect((await api(`GET /${kind}/orders/${body.id}`, { token })).status).toBe(404);
    expect((await api(`GET /${kind}/home`)).status).toBe(401);
  }
});
