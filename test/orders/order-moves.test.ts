import type { OrderStatus, PaymentStatus } from '../../services/orders/domain/order';
import {
  cancel,
  confirm,
  isRunning,
  LEGAL_MOVES,
  mayMove,
  nextAttempt,
  park,
  reject,
} from '../../services/orders/domain/order-moves';
import { runOf } from '../../services/orders/domain/run';
import { AT, anOrder, claimed, run } from './support/an-order';

const LATER = '2030-01-01T12:00:05.000Z';
const STATUSES = Object.keys(LEGAL_MOVES) as OrderStatus[];

describe('the table of legal moves', () => {
  const LEGAL = new Set([
    'PENDING→IN_REVIEW',
    'PENDING→AWAITING_CUSTOMER',
    'PENDING→AWAITING_PAYMENT',
    'PENDING→CONFIRMED',
    'PENDING→REJECTED',
    'PENDING→CANCELLED',
    'IN_REVIEW→PENDING',
    'IN_REVIEW→REJECTED',
    'IN_REVIEW→CANCELLED',
    'AWAITING_CUSTOMER→PENDING',
    'AWAITING_CUSTOMER→CANCELLED',
    'AWAITING_PAYMENT→CONFIRMED',
    'AWAITING_PAYMENT→REJECTED',
    'AWAITING_PAYMENT→CANCELLED',
    'AWAITING_PAYMENT→SHIPPED',
    'AWAITING_PAYMENT→DELIVERED',
    'CONFIRMED→SHIPPED',
    'CONFIRMED→AWAITING_PAYMENT',
    'CONFIRMED→CANCELLED',
    'SHIPPED→DELIVERED',
  ]);
  const pairs = STATUSES.flatMap((from) => STATUSES.map((to) => [from, to] as const));

  test.each(pairs)('%s → %s', (status, to) => {
    expect(mayMove(anOrder({ status }), to)).toBe(LEGAL.has(`${status}→${to}`));
  });
});

describe('who runs an attempt', () => {
  test.each([
    ['the execution that claimed it', claimed(), run(), true],
    ['an order that nobody claimed', anOrder(), run(), false],
    ['another execution of the attempt', claimed(), run(1, 'second-execution'), false],
    ['an execution of an earlier attempt', claimed({ attempt: 2 }), run(1), false],
  ])('%s', (_what, order, whoever, running) => {
    expect(isRunning(order, whoever)).toBe(running);
  });

  test('a run is told by 22 characters that one execution always and another never has', () => {
    const arn = 'arn:aws:states:eu-west-1:000000000000:express:orderly-prod-order-saga:ord_1-1:4711';
    const { key } = runOf({ attempt: 1, executionId: arn });
    expect(key).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(runOf({ attempt: 1, executionId: arn }).key).toBe(key);
    expect(runOf({ attempt: 1, executionId: `${arn}2` }).key).not.toBe(key);
  });
});

describe('confirm', () => {
  test.each(STATUSES)('an order that is %s', (status) => {
    const move = confirm(claimed({ status }), run(), 'CAPTURED', LATER);
    if (status === 'PENDING' || status === 'AWAITING_PAYMENT') {
      expect(move).toMatchObject({
        order: { status: 'CONFIRMED', paymentStatus: 'CAPTURED', version: 3, updatedAt: LATER, owed: false },
      });
      return;
    }
    const outcome = status === 'CONFIRMED' || status === 'CANCELLED' ? status : undefined;
    expect(move).toEqual({ outcome: outcome?.replace('CANCELLED', 'CANCEL') ?? 'SUPERSEDED' });
  });

  test('takes the payment token off the order', () => {
    expect(confirm(claimed(), run(), 'CAPTURED', LATER)).toMatchObject({
      order: { paymentToken: undefined },
    });
  });

  test('is refused once the customer asked to cancel', () => {
    expect(confirm(claimed({ cancelRequestedAt: AT }), run(), 'CAPTURED', LATER)).toEqual({
      outcome: 'CANCEL',
    });
  });

  test('is refused to an execution that does not run the attempt', () => {
    expect(confirm(claimed({ attempt: 2 }), run(1), 'CAPTURED', LATER)).toEqual({ outcome: 'SUPERSEDED' });
  });

  test('leaves the order it was given as it was', () => {
    const order = claimed();
    confirm(order, run(), 'CAPTURED', LATER);
    expect(order).toEqual(claimed());
  });
});

describe('reject', () => {
  const end = { reason: 'OUT_OF_STOCK', paymentStatus: 'VOIDED' } as const;

  test.each(STATUSES)('an order that is %s', (status) => {
    const move = reject(claimed({ status }), run(), end, LATER);
    if (status === 'SHIPPED' || status === 'DELIVERED') {
      // Its rest was cancelled: what was sent stays paid as it is.
      expect(move).toMatchObject({ order: { status, paymentStatus: 'PENDING', owed: false } });
    } else if (status === 'CANCELLED' || status === 'REJECTED') {
      // Ended before, and owed a settlement.
      expect(move).toMatchObject({ order: { status, paymentStatus: 'VOIDED', owed: false } });
    } else if (LEGAL_MOVES[status].includes('REJECTED')) {
      const order = {
        status: 'REJECTED',
        rejectionReason: 'OUT_OF_STOCK',
        paymentStatus: 'VOIDED',
        owed: false,
      };
      expect(move).toMatchObject({ order });
    } else {
      expect(move).toEqual({ outcome: 'SUPERSEDED' });
    }
  });

  test('ends CANCELLED, without a reason to reject, where the customer asked for that', () => {
    const move = reject(claimed({ cancelRequestedAt: AT }), run(), { ...end, reason: undefined }, LATER);
    expect(move).toMatchObject({ order: { status: 'CANCELLED', paymentStatus: 'VOIDED', owed: false } });
    expect(move).not.toHaveProperty('order.rejectionReason', 'OUT_OF_STOCK');
  });

  test('says ENDED for an order that is owed nothing any more', () => {
    expect(reject(claimed({ status: 'REJECTED', owed: false }), run(), end, LATER)).toEqual({
      outcome: 'ENDED',
    });
  });

  test('needs a reason while nobody asked to cancel', () => {
    expect(reject(claimed(), run(), { ...end, reason: undefined }, LATER)).toEqual({ outcome: 'SUPERSEDED' });
  });

  test('is refused to an execution that does not run the attempt', () => {
    expect(reject(claimed(), run(1, 'other'), end, LATER)).toEqual({ outcome: 'SUPERSEDED' });
  });
});

describe('park', () => {
  test('while the provider cannot be asked, the customer still sees what to do', () => {
    const order = claimed({ status: 'AWAITING_PAYMENT', nextAction });
    const move = park(order, run(), { paymentStatus: 'UNKNOWN' }, LATER);
    expect(move).toMatchObject({
      order: { status: 'AWAITING_PAYMENT', paymentStatus: 'UNKNOWN', nextAction },
    });
  });

  const nextAction = { type: 'redirect', url: 'https://bank.example/1', expiresAt: LATER } as const;

  test.each<[PaymentStatus, OrderStatus, OrderStatus]>([
    ['UNKNOWN', 'PENDING', 'PENDING'],
    ['UNKNOWN', 'CANCELLED', 'CANCELLED'],
    ['REQUIRES_ACTION', 'PENDING', 'AWAITING_PAYMENT'],
    ['REQUIRES_ACTION', 'CANCELLED', 'CANCELLED'],
  ])('with a payment %s an order that was %s is %s', (paymentStatus, status, to) => {
    const move = park(claimed({ status }), run(), { paymentStatus }, LATER);
    expect(move).toMatchObject({ order: { status: to, paymentStatus, owed: true, version: 3 } });
  });

  test('keeps the payment token, since the payment has no end yet', () => {
    const move = park(claimed(), run(), { paymentStatus: 'UNKNOWN' }, LATER);
    expect(move).toMatchObject({ order: { paymentToken: 'tok_visa' } });
  });

  test.each(['PENDING', 'AWAITING_PAYMENT'] as const)(
    'tells the customer of a %s order what to do',
    (status) => {
      const move = park(claimed({ status }), run(), { paymentStatus: 'REQUIRES_ACTION', nextAction }, LATER);
      expect(move).toMatchObject({ order: { nextAction, status: 'AWAITING_PAYMENT' } });
    },
  );

  test('does not wait for a customer who asked to cancel: the next attempt ends the order', () => {
    const wait = { paymentStatus: 'REQUIRES_ACTION', nextAction } as const;
    const move = park(claimed({ cancelRequestedAt: AT }), run(), wait, LATER);
    expect(move).toMatchObject({ order: { status: 'PENDING', nextAction: undefined, owed: true } });
  });

  test.each([
    ['an order that has its end', claimed({ status: 'CONFIRMED', owed: false })],
    ['an attempt that another execution runs', anOrder({ runBy: 'other' })],
  ])('is refused to %s', (_what, order) => {
    expect(park(order, run(), { paymentStatus: 'UNKNOWN' }, LATER)).toEqual({ outcome: 'SUPERSEDED' });
  });
});

describe('cancel', () => {
  test.each(STATUSES)('an order that is %s', (status) => {
    const before = claimed({ status, owed: status === 'PENDING' });
    const move = cancel(before, 'changed my mind', LATER);
    if (status === 'PENDING') {
      expect(move).toMatchObject({
        order: { status: 'PENDING', cancelRequestedAt: LATER, cancelReason: 'changed my mind', attempt: 1 },
      });
      expect(move).toMatchObject({ order: { runBy: before.runBy } });
    } else if (status === 'CANCELLED') {
      expect(move).toEqual({ outcome: 'UNCHANGED' });
    } else if (LEGAL_MOVES[status].includes('CANCELLED')) {
      expect(move).toMatchObject({
        order: { status: 'CANCELLED', attempt: 2, runBy: undefined, owed: true, version: 3 },
      });
    } else {
      expect(move).toEqual({ outcome: 'NOT_CANCELLABLE' });
    }
  });

  test('a second request changes nothing', () => {
    expect(cancel(claimed({ cancelRequestedAt: AT }), undefined, LATER)).toEqual({ outcome: 'UNCHANGED' });
  });

  test('is refused once a part is on its way', () => {
    const order = anOrder({ status: 'CONFIRMED', fulfilmentStatus: 'PARTIALLY_SHIPPED', owed: false });
    expect(cancel(order, undefined, LATER)).toEqual({ outcome: 'NOT_CANCELLABLE' });
  });

  test('leaves the customer of a cancelled order nothing to do', () => {
    const nextAction = { type: 'redirect', url: 'https://bank.example/1', expiresAt: LATER } as const;
    const move = cancel(claimed({ status: 'AWAITING_PAYMENT', nextAction }), undefined, LATER);
    expect(move).toMatchObject({ order: { status: 'CANCELLED', nextAction: undefined } });
  });
});

test('the next attempt is claimed by nobody yet', () => {
  expect(nextAttempt(claimed(), LATER)).toEqual(
    anOrder({ attempt: 2, runBy: undefined, version: 3, updatedAt: LATER }),
  );
});
