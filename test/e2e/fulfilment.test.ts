import { invoke } from '../inventory/support/deployed';
import { type Answer, api, newKey } from '../support/api';
import { ended } from '../support/execution';
import { ops } from '../support/ops';
import { available, getOrder, ledger, type OrderView, placeOrder, settled } from '../support/order';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

type Standing = OrderView & { fulfilmentStatus: string };

interface Told {
  id: string;
  status: string;
  code: string;
}

interface Given {
  as?: 'staff' | 'customer';
  key?: string;
  ifMatch?: string;
}

async function post(
  path: string,
  body: unknown,
  { as = 'staff', key, ifMatch }: Given = {},
): Promise<Answer<Told>> {
  return api(`POST ${path}`, {
    token: await tokenOf(as),
    key: key ?? newKey(),
    body,
    headers: ifMatch ? { 'if-match': ifMatch } : undefined,
  });
}

const ship = (id: string, lines: object[], given?: Given, trackingNumber = 'JD014600003828') =>
  post(`/orders/${id}/shipments`, { carrier: 'DHL', trackingNumber, lines }, given);
const deliver = (id: string, shipmentId: string, given?: Given) =>
  post(`/orders/${id}/shipments/${shipmentId}/delivered`, {}, given);
const sendBack = (id: string, lines: object[], given: Given = { as: 'customer' }) =>
  post(`/orders/${id}/returns`, { lines }, given);
const receive = (id: string, returnId: string, lines: object[], given?: Given) =>
  post(`/orders/${id}/returns/${returnId}/received`, { lines }, given);

const seen = async (id: string) => (await getOrder(id)) as Standing;

/** Paid and confirmed, of two products of its own, 100 minor units each. */
async function confirmedOrder() {
  const [spoon, fork] = await Promise.all([productOnSale(5), productOnSale(5)]);
  const { body } = await placeOrder({
    items: [
      { productId: spoon, quantity: 2 },
      { productId: fork, quantity: 1 },
    ],
  });
  expect((await settled(body.id)).status).toBe('CONFIRMED');
  return { id: body.id, spoon, fork };
}

async function deliveredOrder() {
  const order = await confirmedOrder();
  const { body } = await ship(order.id, [
    { productId: order.spoon, quantity: 2 },
    { productId: order.fork, quantity: 1 },
  ]);
  expect((await deliver(order.id, body.id)).status).toBe(200);
  return order;
}

test('staff find an order by the number on one of its parcels', async () => {
  const { id, spoon, fork } = await confirmedOrder();
  const number = newKey();
  for (const [productId, trackingNumber] of [
    [spoon, number],
    [fork, 'JD014600003828'],
  ])
    expect((await ship(id, [{ productId, quantity: 1 }], {}, trackingNumber)).status).toBe(201);
  await waitFor(async () => (await ops('order', 'find', number)).stdout.includes(id), {
    what: 'the index of parcels',
  });
  const both = await api('POST /staff/orders/search', {
    token: await tokenOf('staff'),
    body: { trackingNumber: number, email: 'ada@example.com' },
  });
  expect(both.body).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
});

test('an order goes out in two parcels, arrives, and one unit comes back: its money and its stock too', async () => {
  const { id, spoon, fork } = await confirmedOrder();
  const first = await ship(id, [{ productId: spoon, quantity: 2 }]);
  expect(first).toMatchObject({ status: 201, body: { status: 'SHIPPED', carrier: 'DHL', orderId: id } });
  expect(await seen(id)).toMatchObject({ status: 'CONFIRMED', fulfilmentStatus: 'PARTIALLY_SHIPPED' });
  expect(await deliver(id, first.body.id)).toMatchObject({ status: 200, body: { status: 'DELIVERED' } });
  expect(await seen(id)).toMatchObject({ status: 'CONFIRMED', fulfilmentStatus: 'PARTIALLY_DELIVERED' });
  const second = await ship(id, [{ productId: fork, quantity: 1 }]);
  expect((await seen(id)).status).toBe('SHIPPED');
  await deliver(id, second.body.id);
  expect(await seen(id)).toMatchObject({ status: 'DELIVERED', fulfilmentStatus: 'DELIVERED' });

  const asked = await sendBack(id, [{ productId: spoon, quantity: 1, reason: 'Bent' }]);
  expect(asked).toMatchObject({ status: 201, body: { status: 'REQUESTED' } });
  const returnId = asked.body.id;
  expect(await receive(id, returnId, [{ productId: spoon, quantity: 1, restock: true }])).toMatchObject({
    status: 200,
    body: { status: 'RECEIVED', amount: { amount: 100, currency: 'EUR' } },
  });
  const { outputs } = await stack();
  expect(await ended(`${returnId}-1`, outputs.ReturnOrderName)).toBe('SUCCEEDED');
  expect(await seen(id)).toMatchObject({
    status: 'DELIVERED',
    fulfilmentStatus: 'PARTIALLY_RETURNED',
    paymentStatus: 'PARTIALLY_REFUNDED',
  });
  expect(await ledger(id)).toMatchObject([{ amount: 300, refunded: 100, status: 'partially_refunded' }]);
  expect([await available(spoon), await available(fork)]).toEqual([4, 4]);
  const { body: history } = await api(`GET /orders/${id}/history`, { token: await tokenOf('customer') });
  expect(history.items.map(({ type }: { type: string }) => type)).toEqual([
    'order.placed',
    'order.confirmed',
    'order.shipped',
    'order.delivered',
    'order.shipped',
    'order.delivered',
    'order.return-requested',
    'order.return-received',
    'order.return-closed',
  ]);
});

test('a step of a return that runs again, late or for a second attempt, has no second effect', async () => {
  const { id, spoon } = await deliveredOrder();
  const { body } = await sendBack(id, [{ productId: spoon, quantity: 2, reason: 'Bent' }]);
  await receive(id, body.id, [
    { productId: spoon, quantity: 1, restock: true },
    { productId: spoon, quantity: 1, restock: false },
  ]);
  await waitFor(async () => (await seen(id)).fulfilmentStatus === 'PARTIALLY_RETURNED', {
    what: 'the return to be closed',
  });
  const of = { orderId: id, returnId: body.id, attempt: 2, correlationId: 'e2e-return' };
  const amount = { amount: 200, currency: 'EUR' };
  const again = () => [
    invoke('refundReturn', { ...of, amount }),
    invoke('restockReturn', { ...of, lines: [{ productId: spoon, quantity: 1 }] }),
    invoke('closeReturn', {
      ...of,
      refunded: amount,
      paymentStatus: 'PARTIALLY_REFUNDED',
      paymentVersion: 2,
    }),
  ];
  expect(await Promise.all([...again(), ...again()])).toMatchObject([
    { outcome: 'REFUNDED', refunded: amount },
    { outcome: 'RESTOCKED' },
    { outcome: 'REFUNDED' },
    { outcome: 'REFUNDED', refunded: amount },
    { outcome: 'RESTOCKED' },
    { outcome: 'REFUNDED' },
  ]);
  expect(await ledger(id)).toMatchObject([{ refunded: 200 }]);
  expect(await available(spoon)).toBe(4);
});

test('an illegal move is 409 with its reason, and changes nothing', async () => {
  const { id, spoon, fork } = await confirmedOrder();
  const illegal = (detail: string) => ({ status: 409, body: { code: 'ILLEGAL_TRANSITION', detail } });
  const { body: parcel } = await ship(id, [{ productId: spoon, quantity: 1 }]);
  expect(await ship(id, [{ productId: spoon, quantity: 2 }])).toMatchObject(
    illegal('Only 1 of it can still be shipped.'),
  );
  expect(await sendBack(id, [{ productId: spoon, quantity: 1, reason: 'Bent' }])).toMatchObject(
    illegal('Only what has been delivered can be returned.'),
  );
  await deliver(id, parcel.id);
  expect(await deliver(id, parcel.id)).toMatchObject(
    illegal('A shipment that is DELIVERED cannot be delivered again.'),
  );
  expect(await sendBack(id, [{ productId: fork, quantity: 1, reason: 'Bent' }])).toMatchObject(
    illegal('None of it is left to be returned.'),
  );
  expect(await post(`/orders/${id}/cancel`, {}, { as: 'customer' })).toMatchObject({
    status: 409,
    body: { code: 'ORDER_NOT_CANCELLABLE' },
  });
  expect(await deliver(id, 'shp_01KA00000SAMP1ESH1PMENT000')).toMatchObject({ status: 404 });
  expect(await seen(id)).toMatchObject({ fulfilmentStatus: 'PARTIALLY_DELIVERED', version: 5 });
});

test('a return that staff do not accept is REFUSED: no money and no stock moves', async () => {
  const { id, spoon } = await deliveredOrder();
  const { body } = await sendBack(id, [{ productId: spoon, quantity: 1, reason: 'Bent' }]);
  const refused = await receive(id, body.id, [{ productId: spoon, quantity: 0, restock: false }]);
  expect(refused).toMatchObject({ status: 200, body: { status: 'REFUSED' } });
  expect(await seen(id)).toMatchObject({ fulfilmentStatus: 'DELIVERED', paymentStatus: 'CAPTURED' });
  expect(await ledger(id)).toMatchObject([{ refunded: 0 }]);
  expect(await available(spoon)).toBe(3);
});

test('staff alone ship, deliver and receive; a return is its customer’s', async () => {
  const { id, spoon } = await confirmedOrder();
  const lines = [{ productId: spoon, quantity: 1 }];
  const asCustomer = { as: 'customer' } as const;
  for (const answer of [
    await ship(id, lines, asCustomer),
    await deliver(id, 'shp_any', asCustomer),
    await receive(id, 'ret_any', [{ ...lines[0], restock: true }], asCustomer),
  ])
    expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  expect(await sendBack(id, [{ ...lines[0], reason: 'Bent' }], { as: 'staff' })).toMatchObject({
    status: 404,
    body: { code: 'NOT_FOUND' },
  });
});

test('a change that names an old version is 412, one that names the current is made, and a replay is the same reply', async () => {
  const { id, spoon, fork } = await confirmedOrder();
  const { version } = await seen(id);
  const key = newKey();
  const lines = [{ productId: spoon, quantity: 1 }];
  const first = await ship(id, lines, { ifMatch: `"${version}"`, key });
  expect(first.status).toBe(201);
  expect(first.headers.get('etag')).toBe(`"${version + 1}"`);
  expect(await ship(id, [{ productId: fork, quantity: 1 }], { ifMatch: `"${version}"` })).toMatchObject({
    status: 412,
    body: { code: 'STALE' },
  });
  const replayed = await ship(id, lines, { ifMatch: `"${version}"`, key });
  expect([replayed.status, replayed.text]).toEqual([201, first.text]);
  expect(replayed.headers.get('idempotent-replayed')).toBe('true');
  expect((await ship(id, [{ productId: fork, quantity: 1 }], { key })).body.code).toBe(
    'IDEMPOTENCY_KEY_REUSED',
  );
  expect((await seen(id)).version).toBe(version + 1);
});
