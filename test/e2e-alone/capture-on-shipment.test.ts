import { invoke } from '../inventory/support/deployed';
import { paymentRows, sandbox } from '../payments/support/deployed';
import { api, newKey } from '../support/api';
import { withFunctionEnvironment } from '../support/function-environment';
import { available, getOrder, ledger, placeOrder } from '../support/order';
import { outbox } from '../support/outbox';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';
import { waitFor } from '../support/wait-for';

let productId: string;
beforeAll(async () => {
  productId = await productOnSale(50);
});

type View = Awaited<ReturnType<typeof getOrder>>;

const orderThat = (id: string, wanted: Partial<View>) =>
  waitFor(
    async () => {
      const order = await getOrder(id);
      return Object.entries(wanted).every(([name, value]) => order[name as keyof View] === value) && order;
    },
    { limit: 40_000, what: `${id} to be ${JSON.stringify(wanted)}` },
  );

/** Orders that are placed while the stage captures on shipment; what follows later knows it from the payment. */
const authorized = (quantities: number[]): Promise<View[]> =>
  withFunctionEnvironment('processPayment', { CAPTURE_ON: 'shipment' }, () =>
    Promise.all(
      quantities.map(async (quantity) => {
        const { body } = await placeOrder({ items: [{ productId, quantity }] });
        return orderThat(body.id, { status: 'CONFIRMED', paymentStatus: 'AUTHORIZED' });
      }),
    ),
  );

const ship = async (id: string, quantity: number) =>
  api(`POST /orders/${id}/shipments`, {
    token: await tokenOf('staff'),
    key: newKey(),
    body: { carrier: 'DHL', trackingNumber: 'JD014600003828', lines: [{ productId, quantity }] },
  });

const charge = async (id: string) => (await ledger(id))[0] as Record<string, unknown> | undefined;
const captured = (id: string, amount: number) =>
  waitFor(async () => (await charge(id))?.captured === amount, { what: `${amount} of ${id} to be captured` });

test('an order is authorised, each parcel captures its lines, and a return is refunded from what was captured', async () => {
  const [order] = await authorized([3]);
  const { id, total } = order as View;
  expect(await charge(id)).toMatchObject({ status: 'authorized', refunded: 0 });
  const unit = total.amount / 3;
  expect(await ship(id, 1)).toMatchObject({ status: 201 });
  await captured(id, unit);
  const refund = (amount: number) =>
    tokenOf('staff').then((token) =>
      api(`POST /orders/${id}/refunds`, {
        token,
        key: newKey(),
        body: { amount: { amount, currency: 'EUR' }, reason: 'half' },
      }),
    );
  expect(await refund(unit + 1)).toMatchObject({ status: 409 });
  expect(await ship(id, 2)).toMatchObject({ status: 201 });
  await orderThat(id, { status: 'SHIPPED', paymentStatus: 'CAPTURED' });
  expect(await charge(id)).toMatchObject({ status: 'succeeded', amount: total.amount });
  expect(await refund(unit)).toMatchObject({ status: 202 });
  await orderThat(id, { paymentStatus: 'PARTIALLY_REFUNDED' });
  const rows = await paymentRows(id);
  expect(rows.filter(({ sk }) => String(sk).startsWith('capture#'))).toHaveLength(2);
});

test('a cancellation voids, and the stock is back', async () => {
  const before = await available(productId);
  const [order] = await authorized([2]);
  const { id } = order as View;
  await api(`POST /orders/${id}/cancel`, { token: await tokenOf('customer'), key: newKey(), body: {} });
  await orderThat(id, { status: 'CANCELLED', paymentStatus: 'VOIDED' });
  expect(await charge(id)).toMatchObject({ status: 'voided' });
  expect(await available(productId)).toBe(before);
});

/** The bank lets the money go, and the hourly run hears of it. */
async function lose(id: string) {
  const held = await charge(id);
  expect(await sandbox(`POST /charges/${held?.id}/expire`)).toMatchObject({ status: 200 });
  const run = await invoke<{ renewed: number; lost: number }>('renewAuthorizations', {
    hoursLeft: 24 * 8,
    atMost: 1000,
  });
  expect(run.lost).toBeGreaterThanOrEqual(1);
  await orderThat(id, { status: 'AWAITING_PAYMENT' });
  return run;
}

/** The three days are over. */
const silence = (orderId: string) =>
  invoke('reconcileOrders', { olderThanSeconds: 86_400, holdsOlderThanSeconds: 0, orderId });

const mailed = (id: string, subject: string) =>
  waitFor(async () => (await outbox(id)).some(({ Subject }) => Subject === subject), {
    limit: 40_000,
    what: `the mail "${subject}" about ${id}`,
  });

const back = (units: number) =>
  waitFor(async () => (await available(productId)) === units, { what: `${units} units to be there again` });

test('an authorisation near its end is renewed; one that is lost is mailed of, and silence cancels and restocks', async () => {
  const before = await available(productId);
  const [kept, gone] = (await authorized([1, 1])) as [View, View];
  const until = (await paymentRows(kept.id))[0]?.authorizedUntil as string;
  expect((await lose(gone.id)).renewed).toBeGreaterThanOrEqual(1);
  expect(String((await paymentRows(kept.id))[0]?.authorizedUntil) > until).toBe(true);
  expect(await getOrder(gone.id)).toMatchObject({ paymentStatus: 'VOIDED' });
  await mailed(gone.id, 'The payment for your order is no longer reserved');
  expect((await ship(gone.id, 1)).status).toBe(409);
  expect(await available(productId)).toBe(before - 2);
  await silence(gone.id);
  await orderThat(gone.id, { status: 'CANCELLED', paymentStatus: 'VOIDED' });
  await back(before - 1);
  await mailed(gone.id, 'Your order is cancelled');
});

test('of an order that is sent in part the rest is cancelled and restocked; what was sent stays sold and paid', async () => {
  const before = await available(productId);
  const [order] = await authorized([3]);
  const { id, total } = order as View;
  const unit = total.amount / 3;
  const { body: parcel } = await ship(id, 1);
  await captured(id, unit);
  await lose(id);
  await silence(id);
  expect(await orderThat(id, { status: 'SHIPPED', paymentStatus: 'CAPTURED' })).toMatchObject({
    items: [{ productId, quantity: 1 }],
    total: { amount: unit },
  });
  await back(before - 1);
  await mailed(id, 'What was not sent of your order is cancelled');
  const delivered = await api(`POST /orders/${id}/shipments/${parcel.id}/delivered`, {
    token: await tokenOf('staff'),
    key: newKey(),
    body: {},
  });
  expect(delivered.status).toBe(200);
  await orderThat(id, { status: 'DELIVERED', paymentStatus: 'CAPTURED' });
  expect(await charge(id)).toMatchObject({ status: 'succeeded', amount: unit });
});
