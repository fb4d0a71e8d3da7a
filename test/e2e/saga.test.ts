import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { invoke } from '../inventory/support/deployed';
import { api } from '../support/api';
import { awsClient } from '../support/aws-client';
import { ended } from '../support/execution';
import { available, getOrder, ledger, placeOrder, settled } from '../support/order';
import { mailAbout, outbox } from '../support/outbox';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

async function start(orderId: string, attempt: number, name: string): Promise<void> {
  const { region, outputs } = await stack();
  const sfn = await awsClient(SFNClient);
  await sfn.send(
    new StartExecutionCommand({
      stateMachineArn: `arn:aws:states:${region}:000000000000:stateMachine:${outputs.OrderSagaName}`,
      name,
      input: JSON.stringify({ orderId, attempt, correlationId: 'e2e-saga' }),
    }),
  );
}

test('one attempt started five times under five names has one effect', async () => {
  const spoon = await productOnSale(5);
  const { body } = await placeOrder({ items: [{ productId: spoon, quantity: 1 }], payment: 'tok_slow' });
  await Promise.all([1, 2, 3, 4].map((n) => start(body.id, 1, `${body.id}-1-again-${n}`)));
  expect((await settled(body.id)).status).toBe('CONFIRMED');
  await start(body.id, 1, `${body.id}-1-after`);
  expect(await ended(`${body.id}-1-after`)).toBe('SUCCEEDED');
  expect(await ledger(body.id)).toHaveLength(1);
  expect(await available(spoon)).toBe(4);
  await mailAbout(body.id);
  expect(await outbox(body.id)).toHaveLength(1);
});

test('an attempt that is not the order’s own has no effect', async () => {
  const spoon = await productOnSale(5);
  const { body } = await placeOrder({ items: [{ productId: spoon, quantity: 1 }] });
  const confirmed = await settled(body.id);
  await start(body.id, 7, `${body.id}-7-forged`);
  expect(await ended(`${body.id}-7-forged`)).toBe('SUCCEEDED');
  const claim = { orderId: body.id, attempt: 7, correlationId: 'e2e-saga', executionId: 'forged' };
  expect(await invoke('validateOrder', claim)).toMatchObject({ outcome: 'DUPLICATE' });
  expect(await getOrder(body.id)).toEqual(confirmed);
  expect(await available(spoon)).toBe(4);
});

test('an order whose attempt is raised while it runs is confirmed once and paid once', async () => {
  const spoon = await productOnSale(5);
  const { body } = await placeOrder({ items: [{ productId: spoon, quantity: 1 }], payment: 'tok_slow' });
  await waitFor(async () => (await getOrder(body.id)).version > 1, {
    what: 'the first attempt to be claimed',
  });
  await waitFor(
    async () => {
      await invoke('reconcileOrders', { olderThanSeconds: 0 });
      const { body: history } = await api(`GET /orders/${body.id}/history`, {
        token: await tokenOf('customer'),
      });
      return history.items.some(({ type }: { type: string }) => type === 'order.saga-requested');
    },
    { what: 'the next attempt to be asked for' },
  );
  expect((await settled(body.id, { limit: 45_000 })).status).toBe('CONFIRMED');
  expect(await ledger(body.id)).toHaveLength(1);
  expect(await available(spoon)).toBe(4);
});

test('the reconciler leaves alone what is young or ended', async () => {
  const { body } = await placeOrder({ items: [{ productId: await productOnSale(5), quantity: 1 }] });
  const confirmed = await settled(body.id);
  await invoke('reconcileOrders', { olderThanSeconds: 600 });
  expect(await getOrder(body.id)).toEqual(confirmed);
});
