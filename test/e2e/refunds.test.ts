import { api, newKey } from '../support/api';
import { getOrder, ledger, placeOrder, settled } from '../support/order';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';
import { waitFor } from '../support/wait-for';

let productId: string;
beforeAll(async () => {
  productId = await productOnSale(50);
});

async function paidOrder(quantity = 2) {
  const { body } = await placeOrder({ items: [{ productId, quantity }] });
  expect(await settled(body.id)).toMatchObject({ status: 'CONFIRMED', paymentStatus: 'CAPTURED' });
  return body;
}

const refund = async (
  orderId: string,
  amount: unknown,
  { key = newKey(), token = '', reason = 'chipped', headers = {} as Record<string, string> } = {},
) =>
  api(`POST /orders/${orderId}/refunds`, {
    token: token || (await tokenOf('staff')),
    key,
    body: { amount, reason },
    headers,
  });

const eur = (amount: number) => ({ amount, currency: 'EUR' });

const paymentIs = (orderId: string, paymentStatus: string) =>
  waitFor(async () => (await getOrder(orderId)).paymentStatus === paymentStatus, {
    what: `${orderId} to be ${paymentStatus}`,
  });

const refundsOf = async (orderId: string) =>
  (await api(`GET /orders/${orderId}/refunds`, { token: await tokenOf('staff') })).body.items;

test('staff give back a part, then the rest; order, history and ledger say so', async () => {
  const { id, total } = await paidOrder();
  const first = await refund(id, eur(50));
  expect(first).toMatchObject({ status: 202, body: { amount: eur(50), status: 'PENDING' } });
  await paymentIs(id, 'PARTIALLY_REFUNDED');
  expect(await ledger(id)).toMatchObject([{ status: 'partially_refunded', refunded: 50 }]);
  await refund(id, eur(total.amount - 50));
  await paymentIs(id, 'REFUNDED');
  expect(await ledger(id)).toMatchObject([{ status: 'refunded', refunded: total.amount }]);
  expect(await refundsOf(id)).toMatchObject([
    { id: first.body.id, status: 'SUCCEEDED', reason: 'chipped' },
    { status: 'SUCCEEDED' },
  ]);
  const history = await api(`GET /orders/${id}/history`, { token: await tokenOf('customer') });
  expect(history.body.items.filter(({ type }: { type: string }) => type === 'order.refunded')).toMatchObject([
    { data: { refundId: first.body.id, amount: eur(50) } },
    { data: { paymentStatus: 'REFUNDED' } },
  ]);
  expect(history.text).not.toContain('chipped');
});

test('a refund of an order that changed since staff saw it is refused; the same request twice is one refund', async () => {
  const { id } = await paidOrder();
  const { version } = await getOrder(id);
  const stale = await refund(id, eur(10), { headers: { 'if-match': `"${version - 1}"` } });
  expect(stale).toMatchObject({ status: 412, body: { code: 'STALE' } });
  const asked = { key: newKey(), headers: { 'if-match': `"${version}"` } };
  const first = await refund(id, eur(10), asked);
  expect(first.status).toBe(202);
  await paymentIs(id, 'PARTIALLY_REFUNDED');
  expect(await refund(id, eur(10), asked)).toMatchObject({ status: 202, text: first.text });
  expect(await refundsOf(id)).toHaveLength(1);
});

test('ten at once never give back more than was paid', async () => {
  const { id, total } = await paidOrder();
  const part = Math.ceil(total.amount / 4);
  const answers = await Promise.all(Array.from({ length: 10 }, () => refund(id, eur(part))));
  const taken = answers.filter(({ status }) => status === 202);
  for (const { status, body } of answers)
    if (status !== 202) expect(body.code).toMatch(/^(REFUND_EXCEEDS_CAPTURE|CONFLICT)$/);
  await waitFor(async () => (await ledger(id))[0]?.refunded === taken.length * part, {
    what: 'all to be sent',
  });
  expect(taken.length * part).toBeLessThanOrEqual(total.amount);
});

test('the same request again is the same refund', async () => {
  const { id } = await paidOrder();
  const key = newKey();
  const first = await refund(id, eur(10), { key });
  const again = await refund(id, eur(10), { key });
  expect(again.text).toBe(first.text);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(await refund(id, eur(11), { key })).toMatchObject({ status: 422 });
  expect(await refundsOf(id)).toHaveLength(1);
});

test('what may not be is refused, and nothing is taken', async () => {
  const { id, total } = await paidOrder();
  expect(await refund(id, eur(total.amount + 1))).toMatchObject({
    status: 409,
    body: { code: 'REFUND_EXCEEDS_CAPTURE' },
  });
  expect(await refund(id, { amount: 10, currency: 'USD' })).toMatchObject({ status: 400 });
  expect(await refund(id, eur(0))).toMatchObject({ status: 400 });
  expect(await refund(id, eur(10), { reason: 'card 4111 1111 1111 1111' })).toMatchObject({
    status: 400,
    body: { code: 'CARD_NUMBER_REFUSED' },
  });
  expect(await refund('ord_none', eur(10))).toMatchObject({ status: 404 });
  expect(await refund(id, eur(10), { token: await tokenOf('customer') })).toMatchObject({ status: 403 });
  expect(await refundsOf(id)).toEqual([]);
});

test('a cancellation gives back what a refund has left', async () => {
  const { id } = await paidOrder();
  await refund(id, eur(20));
  await paymentIs(id, 'PARTIALLY_REFUNDED');
  await api(`POST /orders/${id}/cancel`, { token: await tokenOf('customer'), key: newKey(), body: {} });
  await paymentIs(id, 'REFUNDED');
  const [charge] = await ledger(id);
  expect(charge?.refunded).toBe(charge?.amount);
});
