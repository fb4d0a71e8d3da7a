import { invoke } from '../inventory/support/deployed';
import { withFunctionEnvironment } from '../support/function-environment';
import { available, getOrder, ledger, netPaid, placeOrder } from '../support/order';
import { productOnSale } from '../support/product-on-sale';
import { startProxy } from '../support/proxy';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

/** Runs the work while both payment steps reach the provider at another address. */
async function withProviderAt<T>(url: string, work: () => Promise<T>): Promise<T> {
  return withFunctionEnvironment('processPayment', { SANDBOX_URL: url }, () =>
    withFunctionEnvironment('refundPayment', { SANDBOX_URL: url }, work),
  );
}

const orderThat = (id: string, wanted: Partial<Awaited<ReturnType<typeof getOrder>>>, limit = 50_000) =>
  waitFor(
    async () => {
      const order = await getOrder(id);
      const met = Object.entries(wanted).every(
        ([name, value]) => order[name as keyof typeof order] === value,
      );
      return met && order;
    },
    { limit, what: `order ${id} to be ${JSON.stringify(wanted)}` },
  );

const isCharge = ({ method, path }: { method: string; path: string }) =>
  method === 'POST' && path.endsWith('/charges');

describe('a charge with an unknown fate', () => {
  test('held back until the order is REJECTED, then let through: net 0', async () => {
    const { sandboxUrl } = await stack();
    const { origin, pathname } = new URL(sandboxUrl);
    const spoon = await productOnSale(5);
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const proxy = await startProxy(origin, (passing) => (isCharge(passing) ? released : 'pass'));
    try {
      const id = await withProviderAt(`${proxy.url}${pathname}`, async () => {
        const { body } = await placeOrder({ items: [{ productId: spoon, quantity: 2 }] });
        await orderThat(body.id, { status: 'REJECTED', rejectionReason: 'PAYMENT_FAILED' });
        return body.id;
      });
      const held = proxy.seen.filter(isCharge);
      expect(held.length).toBeGreaterThanOrEqual(3);
      expect(new Set(held.map(({ headers }) => headers['idempotency-key']))).toEqual(new Set([`pay#${id}`]));

      release();
      // The held request once more, as it was sent, to see what its late arrival is told.
      const late = await fetch(`${sandboxUrl}/charges`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': `pay#${id}` },
        body: held[0]?.body,
      });
      expect(late.status).toBe(409);
      expect(await ledger(id)).toEqual([]);
      expect(await netPaid(id)).toBe(0);
      expect(await available(spoon)).toBe(5);
      expect(await getOrder(id)).toMatchObject({ status: 'REJECTED', paymentStatus: 'VOIDED' });
    } finally {
      release();
      await proxy.close();
    }
  });

  test('charged, but every answer lost until the order is REJECTED: undone, net 0', async () => {
    const { sandboxUrl } = await stack();
    const { origin, pathname } = new URL(sandboxUrl);
    const spoon = await productOnSale(5);
    const proxy = await startProxy(origin, (passing) => (isCharge(passing) ? 'drop-after' : 'pass'));
    try {
      await withProviderAt(`${proxy.url}${pathname}`, async () => {
        const { body } = await placeOrder({ items: [{ productId: spoon, quantity: 2 }] });
        await orderThat(body.id, { status: 'REJECTED', rejectionReason: 'PAYMENT_FAILED' });
        expect(await ledger(body.id)).toMatchObject([{ status: 'refunded', refunded: 200 }]);
        expect(await available(spoon)).toBe(5);
      });
    } finally {
      await proxy.close();
    }
  });

  test('a provider that is down: UNKNOWN with the stock held, never REJECTED; back again: one charge, CONFIRMED', async () => {
    const spoon = await productOnSale(5);
    const gone = await startProxy('http://127.0.0.1:9');
    await gone.close();
    const { body } = await placeOrderWhile(gone.url, spoon);
    expect(await available(spoon)).toBe(3);
    await invoke('reconcileOrders', { olderThanSeconds: 0 });
    await orderThat(body.id, { status: 'CONFIRMED', paymentStatus: 'CAPTURED' });
    expect(await ledger(body.id)).toMatchObject([{ status: 'succeeded', amount: 200, refunded: 0 }]);
    expect(await available(spoon)).toBe(3);
  });
});

const placeOrderWhile = (url: string, productId: string) =>
  withProviderAt(url, async () => {
    const placed = await placeOrder({ items: [{ productId, quantity: 2 }] });
    await orderThat(placed.body.id, { status: 'PENDING', paymentStatus: 'UNKNOWN' });
    return placed;
  });
