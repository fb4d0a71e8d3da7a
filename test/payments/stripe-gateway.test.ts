import { StripeGateway } from '../../services/payments/adapters/stripe-gateway';
import type { ChargeOrder } from '../../services/payments/ports/payment-gateway';
import { iso, MINUTE } from '../../shared/kernel/time';
import { ORDER, PRICE } from './support/desk';
import { serve } from './support/http-server';
import { replaying, THEN } from './support/recorded-stripe';

const PI = 'pi_3SVabcD2eZvKYlo2C1oRdErLy';
const order: ChargeOrder = {
  key: `pay#${ORDER}`,
  reference: ORDER,
  money: PRICE,
  askedAt: THEN,
  capture: true,
};
const known = { ...order, chargeId: PI };
const old = { ...order, askedAt: THEN - 24 * 3_600_000 };

describe('a charge at Stripe', () => {
  test.each([
    ['captured', 1, { id: PI, status: 'succeeded', reference: ORDER, money: PRICE, refunded: 0 }],
    ['declined', 1, { id: PI, status: 'declined', declineCode: 'insufficient_funds' }],
    [
      'requires-action',
      1,
      {
        status: 'requires_action',
        nextAction: {
          type: 'redirect',
          url: expect.stringContaining('3d_secure'),
          expiresAt: iso(THEN + 30 * MINUTE),
        },
      },
    ],
    ['replayed-after-success', 2, { status: 'succeeded' }],
    ['replayed-after-decline', 2, { status: 'declined' }],
    ['replayed-before-confirm', 2, { status: 'succeeded' }],
    ['replayed-after-cancel', 2, { status: 'voided' }],
    ['cancelled-under-way', 1, { status: 'voided' }],
    ['no-such-card', 1, { status: 'refused', declineCode: 'resource_missing' }],
    ['amount-too-small', 1, { status: 'refused', declineCode: 'amount_too_small' }],
    ['server-error', 1, { name: 'ProviderFault', kind: 'UNREACHED', mayRetry: true }],
    ['rate-limited', 1, { name: 'ProviderFault', kind: 'UNREACHED', mayRetry: true, busy: true }],
    ['key-in-use', 1, { name: 'ProviderFault', kind: 'UNANSWERED', mayRetry: false }],
    ['wrong-api-key', 1, { name: 'ProviderFault', kind: 'UNREACHED', mayRetry: false }],
    ['processing', 1, { name: 'ProviderFault', kind: 'UNREACHED', mayRetry: false }],
  ])('%s', async (name, attempt, expected) => {
    const { outcome, sent, recorded } = await replaying(name, (gateway) =>
      gateway.charge(order, 'pm_card_visa', attempt),
    );
    expect(outcome).toMatchObject(expected);
    expect(sent).toEqual(recorded);
  });

  test('goes out under the secret’s key, and Stripe’s own client repeats nothing', async () => {
    const { headers } = await replaying('server-error', (gateway) =>
      gateway.charge(order, 'pm_card_visa', 1),
    );
    expect(headers).toHaveLength(2);
    expect(headers[0]?.authorization).toBe('Bearer sk_test_recorded');
  });
});

describe('abandoning at Stripe', () => {
  test.each([
    'abandon-unconfirmed',
    'abandon-succeeded',
    'abandon-succeeded-meanwhile',
    'abandon-cancelled',
    'abandon-refunded-already',
    'amount-too-small',
  ])('%s is acknowledged', async (name) => {
    const { outcome, sent, recorded } = await replaying(name, (gateway) => gateway.abandon(order));
    expect(outcome).toBeUndefined();
    expect(sent).toEqual(recorded);
  });

  test.each(['abandon-refund-failed', 'abandon-processing', 'wrong-api-key', 'key-in-use'])(
    '%s is no acknowledgement',
    async (name) => {
      const { outcome } = await replaying(name, (gateway) => gateway.abandon(order));
      expect(outcome).toMatchObject({ name: 'ProviderFault' });
    },
  );
});

describe('looking up at Stripe', () => {
  test.each([
    ['find-none', order, undefined],
    ['find-by-id', known, { status: 'refunded', refunded: 4598 }],
    ['find-old', old, { status: 'succeeded' }],
    ['find-old-not-indexed', old, { status: 'succeeded' }],
    ['amount-too-small', order, undefined],
  ])('%s', async (name, asked, expected) => {
    const { outcome, sent, recorded } = await replaying(name, (gateway) => gateway.find(asked));
    if (expected) expect(outcome).toMatchObject(expected);
    else expect(outcome).toBeUndefined();
    expect(sent).toEqual(recorded);
  });

  test('lists what was charged, and where to go on', async () => {
    const { outcome, sent, recorded } = await replaying('list', (gateway) =>
      gateway.list('2026-11-21T12:00:00Z'),
    );
    expect(outcome).toMatchObject({ charges: [{ id: PI, status: 'succeeded' }], nextCursor: PI });
    expect(sent).toEqual(recorded);
  });
});

describe('a refund at Stripe', () => {
  test.each([
    ['refund', 'SUCCEEDED'],
    ['refund-failed', 'FAILED'],
    ['refund-already', 'SUCCEEDED'],
    ['refund-already-by-another', 'FAILED'],
    ['refund-too-much', 'FAILED'],
  ])('%s ends as %s', async (name, end) => {
    const { outcome, sent, recorded } = await replaying(name, (gateway) =>
      gateway.refund(known, { key: `refund#${ORDER}-1`, amount: PRICE.amount }),
    );
    expect(outcome).toBe(end);
    expect(sent).toEqual(recorded);
  });
});

describe('when Stripe cannot be asked', () => {
  const at = (port: number, key: () => Promise<string> = async () => 'sk_test') =>
    new StripeGateway(key, 'https://shop.example.com', { protocol: 'http', host: '127.0.0.1', port });

  test('nobody listening: not reached', async () => {
    const gone = await serve(() => undefined);
    await gone.close();
    await expect(at(gone.port).find(order)).rejects.toMatchObject({ kind: 'UNREACHED', mayRetry: true });
  });

  test('a connection cut after the request: asked once, and nobody knows', async () => {
    const server = await serve((_request, response) => void response.socket?.destroy());
    await expect(at(server.port).charge(order, 'pm_card_visa', 1)).rejects.toMatchObject({
      kind: 'UNANSWERED',
    });
    expect(server.seen).toHaveLength(1);
    await server.close();
  });

  test('no answer within 3 seconds: nobody knows', async () => {
    const server = await serve(() => undefined);
    await expect(at(server.port).find(order)).rejects.toMatchObject({ kind: 'UNANSWERED' });
    await server.close();
  });

  test('the secret cannot be read: not reached, since no order is rejected for that', async () => {
    const gateway = at(1, () => Promise.reject(new Error('AccessDenied')));
    await expect(gateway.find(order)).rejects.toMatchObject({ kind: 'UNREACHED', mayRetry: false });
  });
});
