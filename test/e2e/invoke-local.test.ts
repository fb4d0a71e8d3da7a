import { givenEndpoint } from '../../scripts/local/aws-env';
import { withBuildFolders } from '../../scripts/packaging/build-lock';
import { invokeLocal, invokeLocalIn } from '../../scripts/samples/invoke-local';
import { stack } from '../support/stack';

const ORDER = 'ord_01KA00000SAMP1E0RDER000000';
const SAMPLES = 'events/samples/orders';

/** Three seconds each, more while the other core deploys. `npm run samples` runs them all. */
const LIMIT_MS = 150_000;

// One test, since all invocations write into the framework's one build folder.
test(
  'a handler of each kind runs on this machine against the running stack, by its sample and by -d',
  () => withBuildFolders(invokeThem),
  LIMIT_MS,
);

async function invokeThem(): Promise<void> {
  const { endpoint } = await stack();
  const quote = await invokeLocal('quoteOrder', endpoint, ['-p', `${SAMPLES}/quoteOrder.http.json`]);
  expect(quote).toMatchObject({ ok: true, result: { statusCode: 200 } });
  expect(JSON.parse(quote.result.body).total).toEqual({ amount: 5390, currency: 'EUR' });

  const prices = await invokeLocal('updatePriceList', endpoint, [
    '-p',
    `${SAMPLES}/updatePriceList.sqs.json`,
  ]);
  expect(prices).toMatchObject({ ok: true, result: { batchItemFailures: [] } });

  const asked = JSON.stringify({ orderId: ORDER, correlationId: 'by-hand' });
  const contact = await invokeLocal('readOrderContact', endpoint, ['-d', asked]);
  expect(contact).toMatchObject({ ok: true, result: { outcome: 'UNKNOWN' } });

  if (!givenEndpoint) await withKeysOfAnAccount();

  const wrong = await invokeLocal('readOrderContact', endpoint, ['-d', '{}']);
  expect(wrong.ok).toBe(false);
}

/** In a shell that exported nothing of the local stack: its calls go there all the same, or nowhere. */
async function withKeysOfAnAccount(): Promise<void> {
  const account = {
    ...process.env,
    AWS_PROFILE: 'an-account',
    AWS_ACCESS_KEY_ID: 'AKIANOTOFTHISSTACK',
    AWS_SECRET_ACCESS_KEY: 'of-an-account',
  };
  const dry = ['-d', JSON.stringify({ dryRun: true })];
  const cleaned = await invokeLocalIn(account, 'cleanUp', dry);
  expect(cleaned).toMatchObject({ ok: true, result: { outcome: 'DONE', failed: [] } });
  const elsewhere = { ...account, LOCAL_DIR: '.local/nothing-runs-here' };
  const refused = await invokeLocalIn(elsewhere, 'cleanUp', dry);
  expect(refused).toMatchObject({ ok: false, output: expect.stringContaining('npm start') });
}
