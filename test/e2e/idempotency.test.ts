import { api, newKey } from '../support/api';
import { available, ledger, placeOrder, settled } from '../support/order';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';

test('a repeated key gives the same reply to the byte, and no second order', async () => {
  const [spoon, key] = [await productOnSale(5), newKey()];
  const order = { items: [{ productId: spoon, quantity: 1 }], key };
  const first = await placeOrder(order);
  await settled(first.body.id);
  const again = await placeOrder(order);
  expect([again.status, again.text]).toEqual([first.status, first.text]);
  expect(again.headers.get('location')).toBe(first.headers.get('location'));
  expect([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')]).toEqual([
    null,
    'true',
  ]);
  expect(await available(spoon)).toBe(4);
});

test('the same JSON in another order of its keys is the same request', async () => {
  const [spoon, key, token] = [await productOnSale(5), newKey(), await tokenOf('customer')];
  const body = `{"items":[{"productId":"${spoon}","quantity":1}],"payment":{"token":"tok_visa"}}`;
  const turned = `{"payment":{"token":"tok_visa"}, "items":[{"quantity":1,"productId":"${spoon}"}]}`;
  const first = await api('POST /orders', {
    token,
    key,
    body,
    headers: { 'content-type': 'application/json' },
  });
  const again = await api('POST /orders', {
    token,
    key,
    body: turned,
    headers: { 'content-type': 'application/json' },
  });
  expect(again.text).toBe(first.text);
});

test('another body under a used key is refused, and nothing happens', async () => {
  const [spoon, key] = [await productOnSale(5), newKey()];
  const first = await placeOrder({ items: [{ productId: spoon, quantity: 1 }], key });
  await settled(first.body.id);
  const other = await placeOrder({ items: [{ productId: spoon, quantity: 2 }], key });
  expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  expect(await available(spoon)).toBe(4);
});

test("somebody else's key is a key of one's own", async () => {
  const [spoon, key] = [await productOnSale(5), newKey()];
  const items = [{ productId: spoon, quantity: 1 }];
  const ada = await placeOrder({ items, key });
  const grace = await placeOrder({ items, key, token: await tokenOf('customer', 1) });
  expect(grace.status).toBe(202);
  expect(grace.body.id).not.toBe(ada.body.id);
});

test('twenty at once under one key are one order and one charge', async () => {
  const [spoon, key] = [await productOnSale(30), newKey()];
  const order = { items: [{ productId: spoon, quantity: 1 }], key };
  const answers = await Promise.all(Array.from({ length: 20 }, () => placeOrder(order)));
  const accepted = answers.filter(({ status }) => status === 202);
  expect(answers.filter(({ status }) => ![202, 409, 429].includes(status))).toEqual([]);
  const ids = new Set(accepted.map(({ body }) => body.id));
  expect(ids.size).toBe(1);
  const [id = ''] = ids;
  await settled(id);
  expect(await ledger(id)).toHaveLength(1);
  expect(await available(spoon)).toBe(29);
});
