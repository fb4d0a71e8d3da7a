import { createHmac } from 'node:crypto';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { paymentRows, sandbox } from '../payments/support/deployed';
import { api, newKey } from '../support/api';
import { awsClient } from '../support/aws-client';
import { withFunctionEnvironment } from '../support/function-environment';
import { available, getOrder, ledger, placeOrder, settled } from '../support/order';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

let productId: string;
beforeAll(async () => {
  productId = await productOnSale(50);
});

type View = Awaited<ReturnType<typeof getOrder>> & { nextAction?: { url: string } };

const orderThat = (id: string, wanted: Partial<View>) =>
  waitFor(
    async () => {
      const order = (await getOrder(id)) as View;
      return Object.entries(wanted).every(([name, value]) => order[name as keyof View] === value) && order;
    },
    { limit: 40_000, what: `${id} to be ${JSON.stringify(wanted)}` },
  );

const buy = async (payment: string, product = productId) =>
  (await placeOrder({ items: [{ productId: product, quantity: 1 }], payment })).body.id;

const paymentOf = async (id: string) => (await paymentRows(id)).find(({ sk }) => sk === 'payment');

describe('3-D Secure', () => {
  const act = async (id: string, outcome: string) => {
    const { nextAction } = await orderThat(id, { status: 'AWAITING_PAYMENT' });
    expect(nextAction?.url).toMatch(/\/actions\/chg_\w+$/);
    const path = nextAction?.url.split('/sandbox')[1];
    expect(await sandbox(`POST ${path}`, { body: { outcome } })).toMatchObject({ status: 200 });
  };

  test('the customer succeeds: CONFIRMED at once, by the webhook alone', async () => {
    const id = await buy('tok_requires_action');
    await act(id, 'succeed');
    await orderThat(id, { status: 'CONFIRMED', paymentStatus: 'CAPTURED' });
    expect(await ledger(id)).toMatchObject([{ status: 'succeeded', refunded: 0 }]);
  });

  test('the customer fails: REJECTED, and the stock that was held is back', async () => {
    const spoon = await productOnSale(5);
    const id = await buy('tok_requires_action', spoon);
    await orderThat(id, { status: 'AWAITING_PAYMENT' });
    expect(await available(spoon)).toBe(4);
    await act(id, 'fail');
    expect(await orderThat(id, { status: 'REJECTED' })).toMatchObject({
      rejectionReason: 'PAYMENT_DECLINED',
    });
    expect(await available(spoon)).toBe(5);
  });

  test('the customer is silent until the provider lets the action run out: REJECTED PAYMENT_FAILED', async () => {
    const id = await buy('tok_requires_action');
    await orderThat(id, { status: 'AWAITING_PAYMENT' });
    const [charge] = await ledger(id);
    await sandbox(`POST /charges/${charge?.id}/expire`);
    expect(await orderThat(id, { status: 'REJECTED' })).toMatchObject({ rejectionReason: 'PAYMENT_FAILED' });
  });
});

describe('a dispute', () => {
  test('by tok_dispute a second after the charge: CONFIRMED and DISPUTED; won, CAPTURED again', async () => {
    const id = await buy('tok_dispute');
    await orderThat(id, { status: 'CONFIRMED', paymentStatus: 'DISPUTED' });
    expect(await paymentOf(id)).toMatchObject({ refundable: 0 });
    const [charge] = await ledger(id);
    await sandbox(`POST /charges/${charge?.id}/dispute`, { body: { outcome: 'won' } });
    await orderThat(id, { paymentStatus: 'CAPTURED' });
    expect(await paymentOf(id)).toMatchObject({ refundable: charge?.amount });
  });

  test('that is lost is charged back, and nothing can be refunded any more', async () => {
    const id = await buy('tok_dispute');
    await orderThat(id, { status: 'CONFIRMED', paymentStatus: 'DISPUTED' });
    const [charge] = await ledger(id);
    await sandbox(`POST /charges/${charge?.id}/dispute`, { body: { outcome: 'lost' } });
    await waitFor(async () => (await paymentOf(id))?.chargedBack === charge?.amount, {
      what: 'the chargeback',
    });
    const refund = await api(`POST /orders/${id}/refunds`, {
      token: await tokenOf('staff'),
      key: `chargeback-${id}`,
      body: { amount: { amount: 1, currency: 'EUR' }, reason: 'too late' },
    });
    expect(refund).toMatchObject({ status: 409, body: { code: 'REFUND_EXCEEDS_CAPTURE' } });
  });
});

test('a refund made by hand at the provider comes to the order and its refunds', async () => {
  const id = await buy('tok_visa');
  await settled(id);
  const [charge] = await ledger(id);
  await sandbox(`POST /charges/${charge?.id}/refunds`, { key: `by-hand-${id}`, body: { amount: 10 } });
  await orderThat(id, { paymentStatus: 'PARTIALLY_REFUNDED' });
  const { body } = await api(`GET /orders/${id}/refunds`, { token: await tokenOf('staff') });
  expect(body.items).toMatchObject([{ status: 'SUCCEEDED', amount: { amount: 10, currency: 'EUR' } }]);
});

/** Of a kind that nobody waits for. */
const NOBODYS = { charge: { id: 'chg_none', reference: 'ord_none', currency: 'EUR' } };

describe('POST /webhooks/payments', () => {
  let secret: string;
  beforeAll(async () => {
    const client = await awsClient(SecretsManagerClient);
    const SecretId = `orderly-${(await stack()).stage}-payment-webhooks`;
    secret = (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString?.split(/\s+/)[0] ?? '';
  });

  const send = (body: string, { at = Date.now(), by = secret } = {}) => {
    const seconds = Math.floor(at / 1000);
    const signature = createHmac('sha256', by).update(`${seconds}.${body}`).digest('hex');
    const headers = {
      'content-type': 'application/json',
      'sandbox-signature': `t=${seconds},v1=${signature}`,
    };
    return api('POST /webhooks/payments', { body, headers });
  };

  test('a duplicate of a notice is thanked for and makes no second effect', async () => {
    const id = await buy('tok_visa');
    await settled(id);
    const [charge] = await ledger(id);
    const refund = { id: `re_${id}`.slice(0, 40), key: 'by-hand', amount: 7 };
    const body = JSON.stringify({ id: `evt_${id}`, type: 'refund.created', data: { charge, refund } });
    for (let n = 0; n < 3; n += 1)
      expect(await send(body)).toMatchObject({ status: 200, body: { received: true } });
    await orderThat(id, { paymentStatus: 'PARTIALLY_REFUNDED' });
    expect(await paymentOf(id)).toMatchObject({ refunded: 7 });
  });

  test('a refund that its bank sends back is refundable again', async () => {
    const id = await buy('tok_visa');
    await settled(id);
    const [charge] = await ledger(id);
    const refund = { id: `re_${id}`.slice(0, 40), key: 'by-hand', amount: 7 };
    const tell = (type: string) =>
      send(JSON.stringify({ id: `evt_${type}_${id}`, type, data: { charge, refund } }));
    await tell('refund.created');
    await orderThat(id, { paymentStatus: 'PARTIALLY_REFUNDED' });
    expect(await tell('refund.failed')).toMatchObject({ status: 200 });
    await orderThat(id, { paymentStatus: 'CAPTURED' });
    expect(await paymentOf(id)).toMatchObject({ refunded: 0, refundable: charge?.amount });
  });

  test('while a secret is replaced, what either signs is taken; of one that is gone, not', async () => {
    const client = await awsClient(SecretsManagerClient);
    const SecretId = `orderly-${(await stack()).stage}-payment-webhooks`;
    const put = (SecretString: string) => client.send(new PutSecretValueCommand({ SecretId, SecretString }));
    const replacement = 'whsec_replacement_0123456789abcdef';
    const body = () => JSON.stringify({ id: `evt_${newKey()}`, type: 'customer.created', data: NOBODYS });
    // Fresh environments: one that runs keeps what it read for five minutes.
    const reading = <T>(work: () => Promise<T>) =>
      withFunctionEnvironment('receiveWebhook', { SECRET_READ_AT: newKey() }, work);
    try {
      await put(`${secret}\n${replacement}`);
      await reading(async () => {
        expect(await send(body())).toMatchObject({ status: 200 });
        expect(await send(body(), { by: replacement })).toMatchObject({ status: 200 });
        expect(await send(body(), { by: 'guessed' })).toMatchObject({ status: 400 });
      });
    } finally {
      await put(secret);
    }
    await reading(async () => {
      expect(await send(body())).toMatchObject({ status: 200 });
      expect(await send(body(), { by: replacement })).toMatchObject({ status: 400 });
    });
  });

  test('what is not signed by the provider, or too late, or too large is refused and kept nowhere', async () => {
    const body = '{"id":"evt_forged"}';
    expect(await send(body, { by: 'guessed' })).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED' },
    });
    expect(await send(body, { at: Date.now() - 301_000 })).toMatchObject({ status: 400 });
    expect(await send(body)).toMatchObject({ status: 400 });
    expect(await api('POST /webhooks/payments', { body })).toMatchObject({ status: 400 });
    expect(await send('x'.repeat(70_000))).toMatchObject({ status: 413 });
  });
});
