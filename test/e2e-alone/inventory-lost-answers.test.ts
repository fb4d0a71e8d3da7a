import { invoke, newOrderId, newProduct, steps } from '../inventory/support/deployed';
import { withFunctionEnvironment } from '../support/function-environment';
import { available } from '../support/order';
import { startProxy } from '../support/proxy';
import { stack } from '../support/stack';

type Fate = 'pass' | 'drop-before' | 'drop-after';

/** Runs the work while the n-th call of the function that names the order meets its fate. */
async function withMishap(
  functionKey: string,
  { orderId, nth, fate }: { orderId: string; nth: number; fate: Fate },
  work: () => Promise<void>,
): Promise<void> {
  let calls = 0;
  const proxy = await startProxy((await stack()).endpoint, ({ body }) => {
    if (!body.includes(orderId)) return 'pass';
    calls += 1;
    return calls === nth ? fate : 'pass';
  });
  try {
    await withFunctionEnvironment(functionKey, { AWS_ENDPOINT_URL: proxy.url }, work);
    expect(calls).toBeGreaterThanOrEqual(nth);
  } finally {
    await proxy.close();
  }
}

const fates = (['drop-before', 'drop-after'] as const).map((fate) => [fate] as const);

test.each(fates)('a reserve whose call meets %s holds its lines once', async (fate) => {
  const [spoon, orderId] = [await newProduct(2), newOrderId()];
  await withMishap('reserveInventory', { orderId, nth: 1, fate }, async () => {
    expect(await steps.reserve(orderId, 1, { [spoon]: 2 })).toBe('RESERVED');
  });
  expect(await available(spoon)).toBe(0);
});

test.each(fates)('a commit whose call meets %s sells once', async (fate) => {
  const [spoon, orderId] = [await newProduct(2), newOrderId()];
  await steps.reserve(orderId, 1, { [spoon]: 2 });
  await withMishap('commitInventory', { orderId, nth: 1, fate }, async () => {
    expect(await steps.commit(orderId, 1)).toBe('COMMITTED');
  });
  expect(await available(spoon)).toBe(0);
});

test.each(fates)('a release whose write meets %s gives back once', async (fate) => {
  const [spoon, orderId] = [await newProduct(2), newOrderId()];
  await steps.reserve(orderId, 1, { [spoon]: 2 });
  await withMishap('releaseInventory', { orderId, nth: 2, fate }, async () => {
    expect(await steps.release(orderId, 1)).toBe('RELEASED');
  });
  expect(await available(spoon)).toBe(2);
});

test.each(fates)('a sweep whose write meets %s gives back once', async (fate) => {
  const [spoon, orderId] = [await newProduct(2), newOrderId()];
  await steps.reserve(orderId, 1, { [spoon]: 2 }, -60_000);
  await withMishap('sweepHolds', { orderId, nth: 2, fate }, async () => {
    await invoke('sweepHolds', { atMost: 10_000 });
  });
  expect(await available(spoon)).toBe(2);
});
