import { ProviderFault } from '../../services/payments/ports/payment-gateway';
import { desk, PRICE } from './support/desk';

describe('ProcessPayment', () => {
  test('charges once and says CAPTURED, with two writes', async () => {
    const { pay, payments, gateway, row } = desk();
    expect(await pay()).toEqual({
      outcome: 'CAPTURED',
      paymentStatus: 'CAPTURED',
      step: { step: 'ProcessPayment', outcome: 'CAPTURED', at: '2026-11-21T12:00:00.000Z' },
    });
    expect(payments.writes).toEqual(['open', 'move CAPTURED']);
    expect(gateway.net()).toBe(PRICE.amount);
    expect(row()).toMatchObject({ state: 'CAPTURED', refundable: PRICE.amount });
  });

  test('a second run answers from the row, without a call', async () => {
    const { pay, gateway } = desk();
    await pay();
    expect(await pay()).toMatchObject({ outcome: 'CAPTURED' });
    expect(await pay('tok_visa', 2)).toMatchObject({ outcome: 'CAPTURED' });
    expect(gateway.calls).toEqual(['charge']);
  });

  test('two runs at once make one charge and both say CAPTURED', async () => {
    const { pay, gateway } = desk();
    const both = await Promise.all([pay(), pay()]);
    expect(both.map(({ outcome }) => outcome)).toEqual(['CAPTURED', 'CAPTURED']);
    expect(gateway.net()).toBe(PRICE.amount);
  });

  test.each(['tok_declined', 'tok_insufficient_funds', 'tok_nobody_knows'])(
    '%s is DECLINED',
    async (token) => {
      const { pay, gateway } = desk();
      expect(await pay(token)).toMatchObject({ outcome: 'DECLINED', paymentStatus: 'DECLINED' });
      expect(await pay(token, 2)).toMatchObject({ outcome: 'DECLINED' });
      expect(gateway.calls).toEqual(['charge']);
    },
  );

  test('another amount than asked is undone: FAILED, net 0', async () => {
    const { pay, payments, gateway } = desk();
    expect(await pay('tok_wrong_amount')).toMatchObject({ outcome: 'FAILED', paymentStatus: 'VOIDED' });
    expect(payments.writes).toEqual(['open', 'move ABANDONING', 'move VOIDED']);
    expect(gateway.net()).toBe(0);
  });

  test('another amount that cannot be undone yet is UNKNOWN, and the next attempt ends it', async () => {
    const { pay, gateway, row } = desk();
    gateway.fates.abandon = 'down';
    expect(await pay('tok_wrong_amount')).toMatchObject({ outcome: 'UNKNOWN', paymentStatus: 'UNKNOWN' });
    expect(row()?.state).toBe('ABANDONING');
    gateway.fates = {};
    expect(await pay('tok_wrong_amount', 2)).toMatchObject({ outcome: 'FAILED' });
    expect(gateway.net()).toBe(0);
    expect(gateway.calls.filter((verb) => verb === 'charge')).toHaveLength(1);
  });

  test.each(['lost', 'unanswered', 'down'] as const)(
    'a charge that is %s is a fault, stays PENDING, and the next run under the same key charges once',
    async (fate) => {
      const { pay, gateway, row } = desk();
      gateway.fates.charge = fate;
      await expect(pay()).rejects.toThrow(ProviderFault);
      expect(row()?.state).toBe('PENDING');
      expect(row()?.trouble?.kind).toBe(fate === 'down' ? 'UNREACHED' : 'UNANSWERED');
      gateway.fates = {};
      expect(await pay()).toMatchObject({ outcome: 'CAPTURED' });
      expect(gateway.net()).toBe(PRICE.amount);
    },
  );

  test.each(['open', 'move CAPTURED'])(
    'when the answer to "%s" gets lost, the next run ends the same',
    async (write) => {
      const { pay, payments, gateway } = desk();
      payments.loseAnswerOf = write;
      await expect(pay()).rejects.toThrow('its answer got lost');
      expect(await pay()).toMatchObject({ outcome: 'CAPTURED' });
      expect(gateway.net()).toBe(PRICE.amount);
    },
  );

  test('a lower attempt is SUPERSEDED and calls nobody', async () => {
    const { pay, gateway } = desk();
    await pay('tok_visa', 2);
    expect(await pay('tok_visa', 1)).toMatchObject({ outcome: 'SUPERSEDED', paymentStatus: 'CAPTURED' });
    expect(gateway.calls).toEqual(['charge']);
  });

  test('an attempt that is overtaken while it charges is SUPERSEDED, and the higher one ends it', async () => {
    const { pay, gateway, payments } = desk();
    payments.before = async (write) => {
      if (write !== 'move CAPTURED') return;
      payments.before = () => undefined;
      await pay('tok_visa', 2);
    };
    expect(await pay('tok_visa', 1)).toMatchObject({ outcome: 'SUPERSEDED' });
    expect(gateway.net()).toBe(PRICE.amount);
  });

  test('a success that comes after the payment was given up is undone, never confirmed', async () => {
    const { pay, undo, gateway, payments } = desk();
    payments.before = async (write) => {
      if (write !== 'move CAPTURED') return;
      payments.before = () => undefined;
      await undo(1, true);
    };
    expect(await pay()).toMatchObject({ outcome: 'FAILED', paymentStatus: 'VOIDED' });
    expect(gateway.net()).toBe(0);
  });

  test('a charge that arrives after its key was abandoned fails: net 0', async () => {
    const { pay, undo, gateway } = desk();
    gateway.underWay = async () => {
      expect(await undo(1, true)).toMatchObject({ outcome: 'VOIDED' });
    };
    expect(await pay()).toMatchObject({ outcome: 'FAILED', paymentStatus: 'VOIDED' });
    expect(gateway.net()).toBe(0);
  });

  test('after a tombstone nothing is charged', async () => {
    const { pay, undo, gateway } = desk();
    expect(await undo(1)).toMatchObject({ outcome: 'VOIDED' });
    expect(await pay('tok_visa', 1)).toMatchObject({ outcome: 'FAILED', paymentStatus: 'VOIDED' });
    expect(await pay('tok_visa', 2)).toMatchObject({ outcome: 'FAILED' });
    expect(gateway.calls).toEqual([]);
  });

  test('without a token the provider is asked what became of the key', async () => {
    const { pay, payWithoutToken, gateway } = desk();
    gateway.fates.charge = 'lost';
    await expect(pay()).rejects.toThrow(ProviderFault);
    expect(await payWithoutToken(2)).toMatchObject({ outcome: 'CAPTURED' });
    expect(gateway.calls).toEqual(['charge', 'find']);
  });

  test('without a token and without a charge the payment is given up', async () => {
    const { payWithoutToken, gateway } = desk();
    expect(await payWithoutToken(1)).toMatchObject({ outcome: 'FAILED', paymentStatus: 'VOIDED' });
    expect(gateway.net()).toBe(0);
  });
});
