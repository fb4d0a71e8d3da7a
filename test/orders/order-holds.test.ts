import type { Order, OrderStatus } from '../../services/orders/domain/order';
import {
  acceptRest,
  askCustomer,
  DECISION_TIME,
  deadlineOf,
  holdForReview,
  isOverdue,
  review,
} from '../../services/orders/domain/order-holds';
import { cancel, LEGAL_MOVES } from '../../services/orders/domain/order-moves';
import { HOUR, iso } from '../../shared/kernel/time';
import { AT, anOrder, claimed, NOW, run } from './support/an-order';

const STATUSES = Object.keys(LEGAL_MOVES) as OrderStatus[];
const TOMORROW = iso(NOW + DECISION_TIME);
const GONE = [{ productId: 'mug', missing: 1 }];

const held = (over: Partial<Order> = {}) => claimed({ status: 'IN_REVIEW', decideBy: TOMORROW, ...over });

const asked = (over: Partial<Order> = {}) => {
  const { items, total } = anOrder();
  const proposal = { items: items.slice(0, 1), total: { ...total, amount: 2900 }, expiresAt: TOMORROW };
  return claimed({ status: 'AWAITING_CUSTOMER', proposal, ...over });
};

describe.each([
  ['held for review', 'IN_REVIEW', (order: Order, who = run()) => holdForReview(order, who, NOW)],
  ['asked about', 'AWAITING_CUSTOMER', (order: Order, who = run()) => askCustomer(order, who, GONE, NOW)],
] as const)('an order that is to be %s', (_what, to, hold) => {
  test.each(STATUSES)('and is %s', (status) => {
    const move = hold(claimed({ status }));
    if (status === to) expect(move).toEqual({ outcome: 'WAITS' });
    else if (status === 'CANCELLED') expect(move).toEqual({ outcome: 'CANCEL' });
    else if (LEGAL_MOVES[status].includes(to))
      expect(move).toMatchObject({ order: { status: to, version: 3, owed: true, attempt: 1 } });
    else expect(move).toEqual({ outcome: 'SUPERSEDED' });
  });

  test('has 24 hours from now, and keeps its payment token', () => {
    const { order } = hold(claimed()) as { order: Order };
    expect(deadlineOf(order)).toBe(TOMORROW);
    expect(order.paymentToken).toBe('tok_visa');
  });

  test('does not wait for anybody once its customer wants out', () => {
    expect(hold(claimed({ cancelRequestedAt: AT }))).toEqual({ outcome: 'CANCEL' });
  });

  test('is left alone by an execution that does not run the attempt', () => {
    expect(hold(claimed(), run(1, 'other'))).toEqual({ outcome: 'SUPERSEDED' });
  });
});

describe('what is proposed', () => {
  const proposalFor = (short: { productId: string; missing: number }[]) => {
    const move = askCustomer(claimed(), run(), short, NOW);
    return 'order' in move ? move.order.proposal : move;
  };

  test('is the order without what is missing, at the prices of the order', () => {
    expect(proposalFor(GONE)).toEqual({
      items: [
        { productId: 'mug', name: 'Mug', quantity: 1, unitPrice: { amount: 1450, currency: 'EUR' } },
        { productId: 'dripper', name: 'Dripper', quantity: 1, unitPrice: { amount: 2490, currency: 'EUR' } },
      ],
      total: { amount: 3940, currency: 'EUR' },
      expiresAt: TOMORROW,
    });
  });

  test('leaves out a line of which nothing is left', () => {
    expect(proposalFor([{ productId: 'mug', missing: 2 }])).toMatchObject({
      items: [{ productId: 'dripper' }],
      total: { amount: 2490 },
    });
  });

  test('changes nothing of the order itself before it is accepted', () => {
    const move = askCustomer(claimed(), run(), GONE, NOW);
    expect(move).toMatchObject({ order: { items: anOrder().items, total: anOrder().total } });
  });

  test('is nothing where nothing is left', () => {
    const all = [
      { productId: 'mug', missing: 2 },
      { productId: 'dripper', missing: 1 },
    ];
    expect(proposalFor(all)).toEqual({ outcome: 'NOTHING_LEFT' });
  });
});

describe('a review', () => {
  test.each([
    ['APPROVED', 'PENDING'],
    ['REFUSED', 'IN_REVIEW'],
    ['EXPIRED', 'IN_REVIEW'],
  ] as const)(
    'that is %s asks for the next attempt, which nobody runs yet, and the order is %s',
    (decision, status) => {
      expect(review(held(), decision, NOW, 'a note')).toEqual({
        order: held({
          status,
          review: decision,
          reviewNote: 'a note',
          decideBy: undefined,
          decidedAt: AT,
          attempt: 2,
          runBy: undefined,
          version: 3,
        }),
      });
    },
  );

  test.each(STATUSES.filter((status) => status !== 'IN_REVIEW'))(
    'is not for an order that is %s',
    (status) => {
      expect(review(claimed({ status }), 'APPROVED', NOW)).toEqual({ outcome: 'NOT_WAITING' });
    },
  );

  test.each(['IN_REVIEW', 'PENDING', 'CONFIRMED'] as const)(
    'is made once, also while the order is %s',
    (status) => {
      expect(review(held({ status, review: 'REFUSED' }), 'APPROVED', NOW)).toEqual({ outcome: 'DECIDED' });
    },
  );

  test('of staff comes too late from the deadline on', () => {
    expect(review(held(), 'APPROVED', NOW + DECISION_TIME - 1)).toHaveProperty('order');
    expect(review(held(), 'APPROVED', NOW + DECISION_TIME)).toEqual({ outcome: 'TOO_LATE' });
    expect(review(held(), 'EXPIRED', NOW + DECISION_TIME)).toHaveProperty('order');
  });
});

describe('an accepted rest', () => {
  test('is the order from now on, which goes on by its next attempt', () => {
    const order = asked();
    expect(acceptRest(order, NOW)).toEqual({
      order: {
        ...order,
        status: 'PENDING',
        items: order.proposal?.items,
        total: { amount: 2900, currency: 'EUR' },
        proposal: undefined,
        decideBy: undefined,
        decidedAt: AT,
        attempt: 2,
        runBy: undefined,
        version: 3,
      },
    });
  });

  test.each(STATUSES.filter((status) => status !== 'AWAITING_CUSTOMER'))(
    'is not for an order that is %s',
    (status) => {
      expect(acceptRest(asked({ status }), NOW)).toEqual({ outcome: 'NOT_WAITING' });
    },
  );

  test('comes too late from the deadline on', () => {
    expect(acceptRest(asked(), NOW + DECISION_TIME - 1)).toHaveProperty('order');
    expect(acceptRest(asked(), NOW + DECISION_TIME)).toEqual({ outcome: 'TOO_LATE' });
  });
});

test.each([
  ['in review', held()],
  ['asked about', asked()],
])('who cancels an order that is %s is asked nothing any more', (_what, order) => {
  const move = cancel(order, undefined, AT) as { order: Order };
  expect(move.order).toMatchObject({ status: 'CANCELLED', attempt: 2, owed: true });
  expect([move.order.decideBy, move.order.proposal]).toEqual([undefined, undefined]);
});

test.each([
  ['in review, a moment before its time', held(), DECISION_TIME - 1, undefined, false],
  ['in review, at its time', held(), DECISION_TIME, undefined, true],
  ['asked about, at its time', asked(), DECISION_TIME, undefined, true],
  ['decided on', held({ review: 'REFUSED', decideBy: undefined }), 2 * DECISION_TIME, undefined, false],
  ['confirmed', claimed({ status: 'CONFIRMED' }), 2 * DECISION_TIME, undefined, false],
  ['in review for an hour, which is given as enough', held(), HOUR, HOUR, true],
  ['in review for less than the hour that is given', held(), HOUR - 1, HOUR, false],
  ['in review since now, when no time is given', held(), 0, 0, true],
])('an order %s: overdue is %#', (_what, order, age, atMost, overdue) => {
  expect(isOverdue(order, NOW + age, atMost)).toBe(overdue);
});
