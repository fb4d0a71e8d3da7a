import { invokeLocal } from '../../scripts/samples/invoke-local';
import { stack } from '../support/stack';

const ORDER = 'ord_01KA00000SAMP1E0RDER000000';

// Each takes three seconds; `npm run samples` runs them all. One test, since they share the framework's build folder.
test('a handler of each kind runs on this machine against the running stack, by its sample and by -d', async () => {
  const { endpoint } = await stack();
  const quote = await invokeLocal('quoteOrder', endpoint, [
    '-p',
    'events/samples/orders/quoteOrder.http.json',
  ]);
  expect(quote).toMatchObject({ ok: true, result: { statusCode: 200 } });
  expect(JSON.parse(quote.result.body).total).toEqual({ amount: 5390, currency: 'EUR' });

  const prices = ['-p', 'events/samples/orders/updatePriceList.sqs.json'];
  expect(await invokeLocal('updatePriceList', endpoint, prices)).toMatchObject({
    ok: true,
    result: { batchItemFailures: [] },
  });

  const asked = JSON.stringify({ orderId: ORDER, correlationId: 'by-hand' });
  expect(await invokeLocal('readOrderContact', endpoint, ['-d', asked])).toMatchObject({
    ok: true,
    result: { outcome: 'UNKNOWN' },
  });

  const wrong = await invokeLocal('readOrderContact', endpoint, ['-d', '{}']);
  expect(wrong.ok).toBe(false);
});
