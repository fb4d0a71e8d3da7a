import { HOUR } from '../../shared/kernel/time';
import { desk, ORDER, PRICE } from './support/desk';

describe('RefundPayment', () => {
  test('leaves a tombstone where nothing was begun: the provider was never called', async () => {
    const { undo, gateway, row } = desk();
    expect(await undo(3)).toEqual({
      outcome: 'VOIDED',
      paymentStatus: 'VOIDED',
      step: { step: 'RefundPayment', outcome: 'VOIDED', at: '2026-11-21T12:00:00.000Z' },
    });
    expect(row()).toMatchObject({ state: 'VOIDED', attempt: 3 });
    expect(gateway.calls).toEqual([]);
  });

  test('gives back what was captured, once', async () => {
    const { pay, undo, gateway, payments, row } = desk();
    await pay();
    expect(await undo()).toMatchObject({ outcome: 'REFUNDED', paymentStatus: 'REFUNDED' });
    expect(await undo()).toMatchObject({ outcome: 'REFUNDED' });
    expect(await undo(2)).toMatchObject({ outcome: 'REFUNDED' });
    expect(gateway.net()).toBe(0);
    expect(gateway.calls).toEqual(['charge', 'refund']);
    expect([...payments.refundRows]).toEqual([[`${ORDER}-1`, { status: 'SUCCEEDED', amount: PRICE.amount }]]);
    expect(row()).toMatchObject({ refundable: 0, refunded: PRICE.amount, openRefund: undefined });
  });

  test('a refund is taken before it is sent, and settled after', async () => {
    const { pay, undo, payments } = desk();
    await pay();
    payments.writes = [];
    await undo();
    expect(payments.writes).toEqual(['close', 'take', 'settle SUCCEEDED']);
  });

  test('two at once refund once', async () => {
    const { pay, undo, gateway, payments } = desk();
    await pay();
    const both = await Promise.all([undo(), undo()]);
    expect(both.map(({ outcome }) => outcome)).toEqual(['REFUNDED', 'REFUNDED']);
    expect(gateway.net()).toBe(0);
    expect(payments.refundRows.size).toBe(1);
  });

  test('a refund whose answer is lost is looked up and settled', async () => {
    const { pay, undo, gateway } = desk();
    await pay();
    gateway.fates.refund = 'lost';
    expect(await undo()).toMatchObject({ outcome: 'REFUNDED' });
    expect(gateway.calls).toEqual(['charge', 'refund', 'find']);
  });

  test.each(['unanswered', 'down'] as const)(
    'a refund that is %s stays open as UNKNOWN, and goes on later',
    async (fate) => {
      const { pay, undo, gateway, payments } = desk();
      await pay();
      gateway.fates = { refund: fate, find: fate };
      expect(await undo()).toMatchObject({ outcome: 'UNKNOWN', paymentStatus: 'UNKNOWN' });
      expect(payments.refundRows.get(`${ORDER}-1`)?.status).toBe('PENDING');
      gateway.fates = {};
      expect(await undo(2)).toMatchObject({ outcome: 'REFUNDED' });
      expect(gateway.net()).toBe(0);
      expect(payments.refundRows.size).toBe(1);
    },
  );

  test('a refund that the provider refuses gives the amount back, and the next attempt tries a new one', async () => {
    const { pay, undo, gateway, row, payments } = desk();
    await pay();
    gateway.refusesRefunds = true;
    expect(await undo()).toMatchObject({ outcome: 'UNKNOWN' });
    expect(row()).toMatchObject({ refundable: PRICE.amount, refunded: 0, openRefund: undefined });
    gateway.refusesRefunds = false;
    expect(await undo(2)).toMatchObject({ outcome: 'REFUNDED' });
    expect([...payments.refundRows.values()].map(({ status }) => status)).toEqual(['FAILED', 'SUCCEEDED']);
  });

  test.each(['close', 'take', 'settle SUCCEEDED'])(
    'when the answer to "%s" gets lost, the next run ends at net 0',
    async (write) => {
      const { pay, undo, payments, gateway } = desk();
      await pay();
      payments.loseAnswerOf = write;
      await expect(undo()).rejects.toThrow('its answer got lost');
      expect(await undo()).toMatchObject({ outcome: 'REFUNDED' });
      expect(gateway.net()).toBe(0);
      expect(payments.refundRows.size).toBe(1);
    },
  );

  test('a decline stays DECLINED', async () => {
    const { pay, undo, gateway } = desk();
    await pay('tok_declined');
    expect(await undo()).toMatchObject({ outcome: 'DECLINED', paymentStatus: 'DECLINED' });
    expect(gateway.calls).toEqual(['charge']);
  });

  test('an action nobody took is voided, and cannot succeed afterwards', async () => {
    const { pay, undo, gateway } = desk();
    await pay('tok_requires_action');
    expect(await undo(2)).toMatchObject({ outcome: 'VOIDED' });
    gateway.act(ORDER, 'succeed');
    expect(gateway.net()).toBe(0);
  });

  test('a fault leaves an action to the customer until it has run out', async () => {
    const { pay, undo, gateway, time } = desk();
    await pay('tok_requires_action');
    expect(await undo(2, true)).toMatchObject({ outcome: 'UNKNOWN' });
    time.now += HOUR;
    expect(await undo(2, true)).toMatchObject({ outcome: 'VOIDED' });
    expect(gateway.net()).toBe(0);
  });

  test('an action taken in time counts, though the provider was down until its time was over', async () => {
    const { pay, undo, gateway, time } = desk();
    await pay('tok_requires_action');
    gateway.act(ORDER, 'succeed');
    time.now += HOUR;
    gateway.fates = { find: 'down', abandon: 'down' };
    await expect(pay('tok_requires_action', 2)).rejects.toThrow();
    expect(await undo(2, true)).toMatchObject({ outcome: 'UNKNOWN' });
    gateway.fates = {};
    expect(await pay('tok_requires_action', 3)).toMatchObject({ outcome: 'CAPTURED' });
  });

  test('a lower attempt is SUPERSEDED and touches nothing', async () => {
    const { pay, undo, gateway } = desk();
    await pay('tok_visa', 2);
    expect(await undo(1)).toMatchObject({ outcome: 'SUPERSEDED' });
    expect(gateway.net()).toBe(PRICE.amount);
  });
});

describe('RefundPayment after a fault: nobody knows what became of the charge', () => {
  test.each(['lost', 'unanswered'] as const)(
    '%s, and the provider talks: given up, VOIDED, net 0',
    async (fate) => {
      const { pay, undo, gateway, payments } = desk();
      gateway.fates.charge = fate;
      await expect(pay()).rejects.toThrow();
      expect(await undo(1, true)).toMatchObject({ outcome: 'VOIDED', paymentStatus: 'VOIDED' });
      expect(payments.writes.slice(-2)).toEqual(['move ABANDONING', 'move VOIDED']);
      expect(gateway.net()).toBe(0);
    },
  );

  test('the provider cannot be asked either: UNKNOWN, PENDING, and the next attempt charges under the same key', async () => {
    const { pay, undo, gateway, row } = desk();
    gateway.fates = { charge: 'lost', find: 'down', abandon: 'down' };
    await expect(pay()).rejects.toThrow();
    expect(await undo(1, true)).toMatchObject({ outcome: 'UNKNOWN', paymentStatus: 'UNKNOWN' });
    expect(row()?.state).toBe('PENDING');
    gateway.fates = {};
    expect(await pay('tok_visa', 2)).toMatchObject({ outcome: 'CAPTURED' });
    expect(gateway.net()).toBe(PRICE.amount);
  });

  test('an order is not rejected because the provider was down, though it is back by now', async () => {
    const { pay, undo, gateway, row } = desk();
    gateway.fates.charge = 'down';
    await expect(pay()).rejects.toThrow();
    gateway.fates = {};
    expect(await undo(1, true)).toMatchObject({ outcome: 'UNKNOWN' });
    expect(row()?.state).toBe('PENDING');
    expect(await pay('tok_visa', 2)).toMatchObject({ outcome: 'CAPTURED' });
  });

  test('a cancel of such an order gives it up', async () => {
    const { pay, undo, gateway } = desk();
    gateway.fates.charge = 'down';
    await expect(pay()).rejects.toThrow();
    await undo(1, true);
    gateway.fates = {};
    expect(await undo(2)).toMatchObject({ outcome: 'VOIDED' });
    expect(gateway.net()).toBe(0);
  });

  test('asked, but not to be abandoned: ABANDONING until the provider acknowledges, then VOIDED', async () => {
    const { pay, undo, gateway, row } = desk();
    gateway.fates = { charge: 'lost', abandon: 'unanswered' };
    await expect(pay()).rejects.toThrow();
    expect(await undo(1, true)).toMatchObject({ outcome: 'UNKNOWN', paymentStatus: 'UNKNOWN' });
    expect(row()?.state).toBe('ABANDONING');
    gateway.fates = {};
    expect(await pay('tok_visa', 2)).toMatchObject({ outcome: 'FAILED', paymentStatus: 'VOIDED' });
    expect(await undo(2)).toMatchObject({ outcome: 'VOIDED' });
    expect(gateway.net()).toBe(0);
  });

  test('abandoned, and the acknowledgement got lost: the next run ends VOIDED', async () => {
    const { pay, undo, gateway } = desk();
    gateway.fates = { charge: 'lost', abandon: 'lost' };
    await expect(pay()).rejects.toThrow();
    expect(await undo(1, true)).toMatchObject({ outcome: 'UNKNOWN' });
    gateway.fates = {};
    expect(await undo(1, true)).toMatchObject({ outcome: 'VOIDED' });
    expect(gateway.net()).toBe(0);
  });

  test.each(['move ABANDONING', 'move VOIDED'])(
    'when the answer to "%s" gets lost, the next run ends VOIDED',
    async (write) => {
      const { pay, undo, gateway, payments } = desk();
      gateway.fates.charge = 'lost';
      await expect(pay()).rejects.toThrow();
      payments.loseAnswerOf = write;
      await expect(undo(1, true)).rejects.toThrow('its answer got lost');
      expect(await undo(1, true)).toMatchObject({ outcome: 'VOIDED' });
      expect(gateway.net()).toBe(0);
    },
  );

  test('no row, since the fault came before it: VOIDED', async () => {
    const { undo, gateway } = desk();
    expect(await undo(1, true)).toMatchObject({ outcome: 'VOIDED' });
    expect(gateway.calls).toEqual([]);
  });
});
