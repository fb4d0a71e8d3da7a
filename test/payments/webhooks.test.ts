import { createHmac } from 'node:crypto';
import Stripe from 'stripe';
import { readSandboxWebhook } from '../../services/payments/adapters/sandbox-webhooks';
import { readStripeWebhook } from '../../services/payments/adapters/stripe-webhooks';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const SECONDS = NOW / 1000;

const sandboxEvent = JSON.stringify({
  id: 'evt_1',
  type: 'dispute.opened',
  data: {
    charge: { id: 'chg_1', reference: 'ord_1', currency: 'EUR' },
    dispute: { id: 'dsp_1', amount: 100 },
  },
});
const signed = (secret: string, at = SECONDS, body = sandboxEvent) =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;

const stripeSigned = (payload: string, secret: string, timestamp = SECONDS) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
const stripeEvent = (type: string, object: object) =>
  JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object } });
const intentEvent = stripeEvent('payment_intent.succeeded', { id: 'pi_1', metadata: { orderId: 'ord_1' } });

const refused = { refused: 'VALIDATION_FAILED' };

describe.each([
  [
    'sandbox',
    (header: string, secrets: string[], body = sandboxEvent) =>
      readSandboxWebhook(body, header, secrets, NOW),
    signed,
  ],
  [
    'stripe',
    (header: string, secrets: string[], body = intentEvent) => readStripeWebhook(body, header, secrets, NOW),
    (secret: string, at = SECONDS, body = intentEvent) => stripeSigned(body, secret, at),
  ],
] as const)('webhooks of %s', (_provider, read, sign) => {
  test('signed with one of the secrets that are valid now are read', () => {
    for (const secret of ['old', 'new'])
      expect(read(sign(secret), ['new', 'old'])).toMatchObject({ id: 'evt_1' });
  });

  test.each([
    ['a secret that is not valid any more', () => sign('older')],
    ['no signature', () => ''],
    ['nonsense', () => 't=abc,v1=xyz'],
    ['the time of another signature', () => sign('new').replace(/t=\d+/, `t=${SECONDS - 1}`)],
    ['a signature that is 301 seconds old', () => sign('new', SECONDS - 301)],
  ])('%s is refused', (_what, header) => {
    expect(read(header(), ['new', 'old'])).toMatchObject(refused);
  });

  test('299 seconds old is read', () => {
    expect(read(sign('new', SECONDS - 299), ['new'])).toMatchObject({ id: 'evt_1' });
  });

  test('another body under a good signature is refused, before it is parsed', () => {
    expect(read(sign('new'), ['new'], '{"id":"evt_2"}')).toMatchObject(refused);
    expect(read(sign('new'), ['new'], '{'.repeat(10_000))).toMatchObject(refused);
  });

  test('while there is no secret nothing is read', () => {
    expect(read(sign(''), [])).toMatchObject(refused);
  });
});

describe('what the sandbox tells of', () => {
  const read = (event: object) => {
    const body = JSON.stringify(event);
    return readSandboxWebhook(body, signed('s', SECONDS, body), ['s'], NOW);
  };

  test('is told in our words', () => {
    expect(readSandboxWebhook(sandboxEvent, signed('s'), ['s'], NOW)).toEqual({
      id: 'evt_1',
      chargeId: 'chg_1',
      notice: {
        kind: 'DISPUTE_OPENED',
        reference: 'ord_1',
        entryId: 'dsp_1',
        amount: { amount: 100, currency: 'EUR' },
      },
    });
  });

  test('and nobody waits for is not wanted', () => {
    const data = { charge: { id: 'chg_1', reference: 'ord_1', currency: 'EUR' } };
    expect(read({ id: 'evt_2', type: 'charge.celebrated', data })).toMatchObject({ notice: undefined });
  });

  test.each([{}, { id: 7 }, [], null])('signed, and no event: %j is refused', (event) => {
    expect(read(event as object)).toMatchObject(refused);
  });
});

test.each([
  [
    'payment_intent.succeeded',
    { id: 'pi_1', metadata: { orderId: 'ord_1' } },
    { kind: 'CHARGE_SETTLED', reference: 'ord_1' },
  ],
  ['payment_intent.payment_failed', { id: 'pi_1', metadata: {} }, { kind: 'CHARGE_SETTLED' }],
  [
    'refund.created',
    { id: 're_1', amount: 5, currency: 'eur', payment_intent: 'pi_1', metadata: { key: 'refund#rfd_1' } },
    { kind: 'REFUND_MADE', entryId: 're_1', amount: { amount: 5, currency: 'EUR' }, key: 'refund#rfd_1' },
  ],
  [
    'refund.failed',
    { id: 're_1', amount: 5, currency: 'eur', payment_intent: 'pi_1', metadata: { key: 'refund#rfd_1' } },
    { kind: 'REFUND_FAILED', entryId: 're_1', amount: { amount: 5, currency: 'EUR' }, key: 'refund#rfd_1' },
  ],
  [
    'charge.dispute.created',
    { id: 'dp_1', amount: 5, currency: 'eur', payment_intent: { id: 'pi_1' }, status: 'needs_response' },
    { kind: 'DISPUTE_OPENED', entryId: 'dp_1', amount: { amount: 5, currency: 'EUR' } },
  ],
  [
    'charge.dispute.closed',
    { id: 'dp_1', amount: 5, currency: 'eur', payment_intent: 'pi_1', status: 'lost' },
    { kind: 'DISPUTE_LOST', entryId: 'dp_1', amount: { amount: 5, currency: 'EUR' } },
  ],
  [
    'charge.dispute.closed',
    { id: 'dp_1', amount: 5, currency: 'eur', payment_intent: 'pi_1', status: 'won' },
    { kind: 'DISPUTE_WON', entryId: 'dp_1', amount: { amount: 5, currency: 'EUR' } },
  ],
  ['customer.created', { id: 'cus_1' }, undefined],
])('stripe: %s in our words', (type, object, notice) => {
  const body = stripeEvent(type, object);
  const webhook = readStripeWebhook(body, stripeSigned(body, 's'), ['s'], NOW);
  expect(webhook).toMatchObject({ notice });
  if (notice) expect(webhook).toMatchObject({ chargeId: 'pi_1' });
});
