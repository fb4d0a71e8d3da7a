import { newOrderId } from '../inventory/support/deployed';
import { paymentRows, steps } from '../payments/support/deployed';
import { withFunctionEnvironment } from '../support/function-environment';
import { ledger, netPaid } from '../support/order';
import { type FaultProxy, type Passing, startProxy } from '../support/proxy';
import { stack } from '../support/stack';

type Place = 'DynamoDB' | 'provider';

interface Mishap {
  orderId: string;
  /** The n-th call that names the order meets its fate. */
  nth: number;
  fate: 'drop-before' | 'drop-after';
  calls: number;
}

const mishaps: Record<Place, Mishap[]> = { DynamoDB: [], provider: [] };

const names = ({ body, path, headers }: Passing, orderId: string): boolean =>
  [body, path, headers['idempotency-key']].join(' ').includes(orderId);

const decide = (place: Place) => (passing: Passing) => {
  const mishap = mishaps[place].find(({ orderId }) => names(passing, orderId));
  if (!mishap) return 'pass';
  mishap.calls += 1;
  return mishap.calls === mishap.nth ? mishap.fate : 'pass';
};

/** Runs the work with every call of both payment steps going through proxies. */
async function throughProxies(work: () => Promise<void>): Promise<void> {
  const { endpoint, sandboxUrl } = await stack();
  const dynamodb: FaultProxy = await startProxy(endpoint, decide('DynamoDB'));
  const provider: FaultProxy = await startProxy(endpoint, decide('provider'));
  const values = {
    AWS_ENDPOINT_URL: dynamodb.url,
    SANDBOX_URL: provider.url + new URL(sandboxUrl).pathname,
  };
  try {
    await withFunctionEnvironment('processPayment', values, () =>
      withFunctionEnvironment('refundPayment', values, work),
    );
  } finally {
    await Promise.all([dynamodb.close(), provider.close()]);
  }
}

/** Every call of a step, dropped before it took effect and after. */
async function sweep(calls: Record<Place, number>, run: (orderId: string) => Promise<void>): Promise<number> {
  let swept = 0;
  for (const place of ['DynamoDB', 'provider'] as const) {
    for (let nth = 1; nth <= calls[place]; nth += 1) {
      for (const fate of ['drop-before', 'drop-after'] as const) {
        const mishap: Mishap = { orderId: newOrderId(), nth, fate, calls: 0 };
        mishaps[place].push(mishap);
        await run(mishap.orderId);
        expect({ place, ...mishap, met: mishap.calls >= nth }).toMatchObject({ met: true });
        swept += 1;
      }
    }
  }
  return swept;
}

test('a payment any of whose calls is dropped charges once', async () => {
  await throughProxies(async () => {
    const swept = await sweep({ DynamoDB: 2, provider: 1 }, async (orderId) => {
      expect(await steps.pay(orderId)).toMatchObject({ outcome: 'CAPTURED' });
      expect(await ledger(orderId)).toMatchObject([{ status: 'succeeded', amount: 1999, refunded: 0 }]);
    });
    expect(swept).toBe(6);
  });
});

test('a wrong amount any of whose calls is dropped ends at net 0', async () => {
  await throughProxies(async () => {
    const swept = await sweep({ DynamoDB: 3, provider: 2 }, async (orderId) => {
      const paid = await steps.pay(orderId, 'tok_wrong_amount');
      expect(paid).toMatchObject({ outcome: 'FAILED', paymentStatus: 'VOIDED' });
      expect(await netPaid(orderId)).toBe(0);
    });
    expect(swept).toBe(10);
  });
});

test('a payment and its refund any of whose calls is dropped charge once and refund once', async () => {
  await throughProxies(async () => {
    const swept = await sweep({ DynamoDB: 7, provider: 2 }, async (orderId) => {
      await steps.pay(orderId);
      expect(await steps.undo(orderId)).toMatchObject({ outcome: 'REFUNDED' });
      expect(await ledger(orderId)).toMatchObject([{ status: 'refunded', refunded: 1999 }]);
      expect(await paymentRows(orderId)).toMatchObject([
        { refundable: 0, refunded: 1999 },
        { status: 'SUCCEEDED' },
      ]);
    });
    expect(swept).toBe(18);
  });
});
