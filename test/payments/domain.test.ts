import { type ChargeStatus, holdsMoney, verdict } from '../../services/payments/domain/charge';
import { mayMove, PAYMENT_MOVES } from '../../services/payments/domain/moves';
import { chargeOutcome, refundOutcome } from '../../services/payments/domain/outcomes';
import {
  chargeKey,
  type Payment,
  type PaymentState,
  paymentStatusOf,
  refundOfRest,
} from '../../services/payments/domain/payment';
import { iso } from '../../shared/kernel/time';
import { ORDER, PRICE } from './support/desk';

const STATES = Object.keys(PAYMENT_MOVES) as PaymentState[];

const payment = (state: PaymentState, more: Partial<Payment> = {}): Payment => ({
  orderId: ORDER,
  state,
  attempt: 1,
  money: PRICE,
  askedAt: 0,
  captured: state === 'CAPTURED' ? PRICE.amount : 0,
  refundable: 0,
  refunded: 0,
  disputed: 0,
  chargedBack: 0,
  refunds: 0,
  version: 0,
  ...more,
});

/** Rows: from. Columns: to, in the order of STATES. `x` is legal. */
const TABLE: Record<PaymentState, string> = {
  //                RQ=REQUIRES_ACTION AU CA DE AB VO
  PENDING: '.xxxxx.',
  REQUIRES_ACTION: '..xxxx.',
  AUTHORIZED: '...x.x.',
  ABANDONING: '......x',
  CAPTURED: '.......',
  DECLINED: '.......',
  VOIDED: '.......',
};

const COLUMNS: PaymentState[] = [
  'PENDING',
  'REQUIRES_ACTION',
  'AUTHORIZED',
  'CAPTURED',
  'DECLINED',
  'ABANDONING',
  'VOIDED',
];

describe('the moves of a payment', () => {
  const cases = STATES.flatMap((from) =>
    COLUMNS.map((to, index) => [from, to, TABLE[from][index] === 'x'] as const),
  );

  test.each(cases)('%s → %s is legal: %s', (from, to, legal) => {
    expect(mayMove(from, to)).toBe(legal);
  });
});

describe('what a charge says about its payment', () => {
  const charge = (status: ChargeStatus, amount = PRICE.amount, currency = 'EUR', reference = ORDER) => ({
    id: 'chg_1',
    status,
    reference,
    money: { amount, currency },
    refunded: 0,
    createdAt: '',
  });

  test.each([
    ['succeeded', 'CAPTURED'],
    ['authorized', 'AUTHORIZED'],
    ['requires_action', 'REQUIRES_ACTION'],
    ['declined', 'DECLINED'],
    ['refunded', 'ABANDONING'],
    ['partially_refunded', 'ABANDONING'],
    ['voided', 'ABANDONING'],
    ['expired', 'ABANDONING'],
    ['closed', 'ABANDONING'],
    ['refused', 'ABANDONING'],
  ] as const)('%s leads to %s', (status, state) => {
    const nextAction = { type: 'redirect' as const, url: 'https://bank.test', expiresAt: iso(1) };
    expect(verdict(payment('PENDING'), { ...charge(status), nextAction }, 0)).toBe(state);
  });

  test.each([
    ['another amount', charge('succeeded', PRICE.amount + 1)],
    ['another currency', charge('succeeded', PRICE.amount, 'USD')],
    ['another reference', charge('succeeded', PRICE.amount, 'EUR', 'ord_other')],
    ['another amount, authorized', charge('authorized', PRICE.amount - 1)],
    ['no charge at all', undefined],
  ])('%s is given up', (_what, found) => {
    expect(verdict(payment('PENDING'), found, 0)).toBe('ABANDONING');
  });

  test('an action without an address, or past its time, is given up; what the row says of it counts', () => {
    const until = (at: number) => ({
      type: 'redirect' as const,
      url: 'https://bank.test',
      expiresAt: iso(at),
    });
    const asked = charge('requires_action');
    expect(verdict(payment('PENDING'), asked, 0)).toBe('ABANDONING');
    expect(verdict(payment('PENDING'), { ...asked, nextAction: until(5) }, 5)).toBe('ABANDONING');
    const row = payment('REQUIRES_ACTION', { nextAction: until(5) });
    expect(verdict(row, { ...asked, nextAction: until(99) }, 4)).toBe('REQUIRES_ACTION');
    expect(verdict(row, { ...asked, nextAction: until(99) }, 5)).toBe('ABANDONING');
  });

  test('a decline of another amount is still a decline: no money moved', () => {
    expect(verdict(payment('PENDING'), charge('declined', 1), 0)).toBe('DECLINED');
  });

  test('money moved, or may still move, in four statuses', () => {
    const statuses = ['succeeded', 'authorized', 'requires_action', 'partially_refunded'] as const;
    for (const status of statuses) expect(holdsMoney(charge(status))).toBe(true);
    expect(holdsMoney(charge('refunded'))).toBe(false);
  });
});

describe('what the saga and the customer are told', () => {
  const open = { id: 'x', amount: 1 };
  test.each<[string, Payment, string, string, string]>([
    ['pending', payment('PENDING'), 'UNKNOWN', 'UNKNOWN', 'PENDING'],
    ['requires action', payment('REQUIRES_ACTION'), 'REQUIRES_ACTION', 'UNKNOWN', 'REQUIRES_ACTION'],
    ['authorized', payment('AUTHORIZED'), 'AUTHORIZED', 'UNKNOWN', 'AUTHORIZED'],
    ['captured', payment('CAPTURED'), 'CAPTURED', 'UNKNOWN', 'CAPTURED'],
    [
      'refund under way',
      payment('CAPTURED', { refunds: 1, openRefund: open }),
      'FAILED',
      'UNKNOWN',
      'UNKNOWN',
    ],
    [
      'part refunded',
      payment('CAPTURED', { refunds: 1, refunded: 98 }),
      'FAILED',
      'UNKNOWN',
      'PARTIALLY_REFUNDED',
    ],
    ['refunded', payment('CAPTURED', { refunds: 1, refunded: 4598 }), 'FAILED', 'REFUNDED', 'REFUNDED'],
    ['declined', payment('DECLINED'), 'DECLINED', 'DECLINED', 'DECLINED'],
    ['being given up', payment('ABANDONING'), 'UNKNOWN', 'UNKNOWN', 'UNKNOWN'],
    ['voided', payment('VOIDED'), 'FAILED', 'VOIDED', 'VOIDED'],
  ])('%s', (_what, row, charged, givenBack, status) => {
    expect([chargeOutcome(row), refundOutcome(row), paymentStatusOf(row)]).toEqual([
      charged,
      givenBack,
      status,
    ]);
  });

  test('keys and refund ids follow from the order and its row', () => {
    expect(chargeKey(ORDER)).toBe(`pay#${ORDER}`);
    expect(refundOfRest(payment('CAPTURED', { refundable: 500, refunds: 2 }))).toEqual({
      id: `${ORDER}-3`,
      amount: 500,
    });
  });
});
