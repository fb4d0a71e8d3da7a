import type { Charge } from '../../services/payments/domain/charge';
import type { NextAction } from '../../services/payments/domain/payment';
import { ProviderFault } from '../../services/payments/ports/payment-gateway';
import { DAY, iso } from '../../shared/kernel/time';
import { desk, ORDER, PRICE } from './support/desk';

describe('an action of the customer', () => {
  test('an action is handed on, and its end is looked up, not charged again', async () => {
    const { pay, gateway } = desk();
    const asked = await pay('tok_requires_action');
    expect(asked).toMatchObject({ outcome: 'REQUIRES_ACTION', paymentStatus: 'REQUIRES_ACTION' });
    expect(asked.nextAction).toMatchObject({
      type: 'redirect',
      url: expect.stringMatching(/\/actions\/chg_\w+$/),
    });
    expect(await pay('tok_requires_action', 2)).toMatchObject({ outcome: 'REQUIRES_ACTION' });
    gateway.act(ORDER, 'succeed');
    expect(await pay('tok_requires_action', 3)).toMatchObject({ outcome: 'CAPTURED' });
    expect(gateway.calls).toEqual(['charge', 'find', 'find', 'find']);
    expect(gateway.net()).toBe(PRICE.amount);
  });

  test.each([
    ['fail', 'DECLINED', 'DECLINED'],
    ['expire', 'FAILED', 'VOIDED'],
  ] as const)('an action that ends with %s is %s', async (end, outcome, paymentStatus) => {
    const { pay, gateway } = desk();
    await pay('tok_requires_action');
    gateway.act(ORDER, end);
    expect(await pay('tok_requires_action', 2)).toMatchObject({ outcome, paymentStatus });
    expect(gateway.net()).toBe(0);
  });

  test('an action that is still waited for is the same one every time, however the provider dates it', async () => {
    const { pay, gateway, time } = desk();
    const { nextAction } = await pay('tok_requires_action');
    const find = gateway.find.bind(gateway);
    gateway.find = async (order) => {
      const charge = (await find(order)) as Charge;
      return {
        ...charge,
        nextAction: { ...(charge.nextAction as NextAction), expiresAt: iso(time.now + DAY) },
      };
    };
    time.now = Date.parse(nextAction?.expiresAt as string) - 1;
    expect(await pay('tok_requires_action', 2)).toMatchObject({ outcome: 'REQUIRES_ACTION', nextAction });
    time.now += 1;
    expect(await pay('tok_requires_action', 3)).toMatchObject({ outcome: 'FAILED' });
  });

  test('an action that ran out while the provider still waits is given up: FAILED, net 0, for good', async () => {
    const { pay, gateway, payments, time } = desk();
    const { nextAction } = await pay('tok_requires_action');
    time.now = Date.parse(nextAction?.expiresAt as string);
    payments.writes = [];
    expect(await pay('tok_requires_action', 2)).toMatchObject({ outcome: 'FAILED', paymentStatus: 'VOIDED' });
    expect(payments.writes).toEqual(['open', 'move ABANDONING', 'move VOIDED']);
    gateway.act(ORDER, 'succeed');
    expect(await pay('tok_requires_action', 3)).toMatchObject({ outcome: 'FAILED' });
    expect(gateway.net()).toBe(0);
  });

  test('an action that was taken in time counts, though it is seen late', async () => {
    const { pay, gateway, time } = desk();
    await pay('tok_requires_action');
    gateway.act(ORDER, 'succeed');
    time.now += DAY;
    expect(await pay('tok_requires_action', 2)).toMatchObject({ outcome: 'CAPTURED' });
  });

  test('an action that ran out and cannot be undone yet is UNKNOWN, and the next attempt ends it', async () => {
    const { pay, gateway, time } = desk();
    await pay('tok_requires_action');
    time.now += DAY;
    gateway.fates.abandon = 'down';
    expect(await pay('tok_requires_action', 2)).toMatchObject({
      outcome: 'UNKNOWN',
      paymentStatus: 'UNKNOWN',
    });
    gateway.fates = {};
    expect(await pay('tok_requires_action', 3)).toMatchObject({ outcome: 'FAILED', paymentStatus: 'VOIDED' });
    expect(gateway.net()).toBe(0);
  });

  test.each(['lost', 'unanswered', 'down'] as const)(
    'a question after an action that is %s is a fault, and the customer may still act',
    async (fate) => {
      const { pay, undo, gateway, row } = desk();
      await pay('tok_requires_action');
      gateway.fates.find = fate;
      await expect(pay('tok_requires_action', 2)).rejects.toThrow(ProviderFault);
      gateway.fates = {};
      expect(await undo(2, true)).toMatchObject({ outcome: 'UNKNOWN' });
      expect(row()?.state).toBe('REQUIRES_ACTION');
      gateway.act(ORDER, 'succeed');
      expect(await pay('tok_requires_action', 3)).toMatchObject({ outcome: 'CAPTURED' });
    },
  );
});
