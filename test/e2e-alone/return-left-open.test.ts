import { invoke } from '../inventory/support/deployed';
import { api, newKey } from '../support/api';
import { ended } from '../support/execution';
import { withFunctionEnvironment } from '../support/function-environment';
import { available, getOrder, ledger, placeOrder, settled } from '../support/order';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

/** Nobody listens there. */
const NOWHERE = { SANDBOX_URL: 'http://127.0.0.1:9' };

test('a return whose provider is down stays received, and is refunded once by its next attempt', async () => {
  const spoon = await productOnSale(3);
  const lines = [{ productId: spoon, quantity: 1 }];
  const { body: order } = await placeOrder({ items: lines });
  await settled(order.id);
  const post = async (path: string, body: object, role: 'staff' | 'customer' = 'staff') =>
    (await api(`POST /orders/${order.id}${path}`, { token: await tokenOf(role), key: newKey(), body })).body;
  const parcel = await post('/shipments', { carrier: 'DHL', trackingNumber: 'JD01', lines });
  await post(`/shipments/${parcel.id}/delivered`, {});
  const { id } = await post('/returns', { lines: [{ ...lines[0], reason: 'Bent' }] }, 'customer');
  const { outputs } = await stack();

  await withFunctionEnvironment('refundReturn', NOWHERE, async () => {
    await post(`/returns/${id}/received`, { lines: [{ ...lines[0], restock: true }] });
    expect(await ended(`${id}-1`, outputs.ReturnOrderName)).toBe('SUCCEEDED');
    expect(await getOrder(order.id)).toMatchObject({
      fulfilmentStatus: 'DELIVERED',
      paymentStatus: 'CAPTURED',
    });
    expect(await available(spoon)).toBe(2);
  });

  expect(await invoke('reconcileOrders', { olderThanSeconds: 0 })).toMatchObject({
    returns: 1,
    returnsResumed: 1,
  });
  expect(await ended(`${id}-2`, outputs.ReturnOrderName)).toBe('SUCCEEDED');
  await waitFor(async () => (await getOrder(order.id)).paymentStatus === 'REFUNDED', { what: 'the refund' });
  expect(await getOrder(order.id)).toMatchObject({ fulfilmentStatus: 'RETURNED' });
  expect(await ledger(order.id)).toMatchObject([{ amount: 100, refunded: 100 }]);
  expect(await available(spoon)).toBe(3);
  expect(await invoke('reconcileOrders', { olderThanSeconds: 0 })).toMatchObject({ returns: 0 });
});
