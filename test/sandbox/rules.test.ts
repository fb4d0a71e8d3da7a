import { arrive, type ChargeRequest } from '../../services/sandbox/domain/arrival';
import {
  ACTION_WINDOW,
  type ChargeStatus,
  chargeId,
  type Entry,
  view,
} from '../../services/sandbox/domain/entry';
import { abandon, type Operation, operate, refundCharge } from '../../services/sandbox/domain/operations';
import { idPattern } from '../../shared/kernel/ids';
import { isRefusal } from '../../shared/kernel/refusal';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const KEY = 'pay#ord_1';

const request = (token: string, more: Partial<ChargeRequest> = {}): ChargeRequest => ({
  key: KEY,
  reference: 'ord_1',
  amount: 4598,
  currency: 'EUR',
  token,
  capture: true,
  ...more,
});

const come = (token: string, found?: Entry, more: Partial<ChargeRequest> = {}) =>
  arrive(found, request(token, more), NOW, 'https://api.test/sandbox/actions');

const charged = (status: ChargeStatus, refunded = 0): Entry => ({
  id: chargeId(KEY),
  key: KEY,
  charge: {
    reference: 'ord_1',
    amount: 1000,
    currency: 'EUR',
    status,
    refunded,
    createdAt: '2026-11-21T12:00:00.000Z',
    action:
      status === 'requires_action' ? { url: 'https://x', expiresAt: '2026-11-21T12:30:00.000Z' } : undefined,
  },
});

const statusOf = (answer: unknown): unknown =>
  isRefusal(answer) ? answer.refused : (answer as { status: unknown }).status;

describe('an arriving charge', () => {
  test.each([
    ['tok_visa', 201, 'succeeded', 4598],
    ['tok_slow', 201, 'succeeded', 4598],
    ['tok_timeout_after_charge', 201, 'succeeded', 4598],
    ['tok_dispute', 201, 'succeeded', 4598],
    ['tok_wrong_amount', 201, 'succeeded', 4698],
    ['tok_requires_action', 201, 'requires_action', 4598],
    ['tok_declined', 402, 'declined', 4598],
    ['tok_insufficient_funds', 402, 'declined', 4598],
    ['tok_of_somebody', 402, 'declined', 4598],
    ['constructor', 402, 'declined', 4598],
  ])('%s is answered %i: %s', (token, status, state, amount) => {
    const { answer, entry } = come(token);
    expect(statusOf(answer)).toBe(status);
    expect(entry?.charge).toMatchObject({ status: state, amount, refunded: 0, reference: 'ord_1' });
  });

  test('tok_error_twice is answered 500, 500, 201, and no 500 is stored', () => {
    const first = come('tok_error_twice');
    const second = come('tok_error_twice', first.entry);
    const third = come('tok_error_twice', second.entry);
    expect([first, second, third].map(({ answer }) => statusOf(answer))).toEqual([500, 500, 201]);
    expect(second.entry).not.toHaveProperty('charge');
    expect(come('tok_error_twice', third.entry)).toEqual({ answer: third.answer, fresh: false });
  });

  test.each(['tok_visa', 'tok_declined', 'tok_requires_action'])('%s is replayed to the byte', (token) => {
    const first = come(token);
    const again = arrive(first.entry, request(token), NOW + 60_000, 'https://elsewhere');
    expect(again).toEqual({ answer: first.answer, fresh: false });
  });

  test.each([
    ['amount', { amount: 1 }],
    ['currency', { currency: 'USD' }],
    ['reference', { reference: 'ord_2' }],
    ['capture', { capture: false }],
  ])('another %s under one key is refused', (_what, more) => {
    expect(statusOf(come('tok_visa', come('tok_visa').entry, more).answer)).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('without capture it is only authorized', () => {
    expect(come('tok_visa', undefined, { capture: false }).entry?.charge?.status).toBe('authorized');
  });

  test('an abandoned key charges nothing, whether it was used before or not', () => {
    for (const entry of [
      abandon(undefined, KEY, NOW).entry,
      abandon(come('tok_visa').entry, KEY, NOW).entry,
    ]) {
      const late = come('tok_visa', entry);
      expect(late.answer).toMatchObject({ refused: 'CONFLICT', extra: { reason: 'KEY_CLOSED' } });
      expect(late.entry).toBeUndefined();
    }
  });

  test('the id follows from the key, in the form of our ids', () => {
    expect(chargeId(KEY)).toBe(chargeId(KEY));
    expect(chargeId(KEY)).toMatch(idPattern('chg'));
    expect(chargeId('pay#ord_2')).not.toBe(chargeId(KEY));
  });
});

describe('abandoning', () => {
  test.each<[ChargeStatus, ChargeStatus, number]>([
    ['succeeded', 'refunded', 1000],
    ['partially_refunded', 'refunded', 1000],
    ['refunded', 'refunded', 1000],
    ['authorized', 'voided', 0],
    ['requires_action', 'voided', 0],
    ['declined', 'declined', 0],
    ['expired', 'expired', 0],
    ['voided', 'voided', 0],
  ])('what is %s becomes %s', (before, after, refunded) => {
    const entry = charged(before, before === 'partially_refunded' ? 400 : before === 'refunded' ? 1000 : 0);
    const { answer, entry: stored } = abandon(entry, KEY, NOW);
    expect(answer).toMatchObject({ key: KEY, closed: true, charge: { status: after, refunded } });
    expect(stored?.closed).toBe(true);
    expect(abandon(stored, KEY, NOW)).toEqual({ answer });
  });

  test('a key that was never seen is closed too', () => {
    expect(abandon(undefined, KEY, NOW)).toMatchObject({ answer: { closed: true }, entry: { closed: true } });
  });
});

describe('what is done to a charge', () => {
  const ALL: ChargeStatus[] = [
    'succeeded',
    'authorized',
    'requires_action',
    'declined',
    'expired',
    'voided',
    'refunded',
  ];
  const LEGAL: Record<Operation, Partial<Record<ChargeStatus, ChargeStatus>>> = {
    renew: { authorized: 'authorized' },
    expire: { authorized: 'expired', requires_action: 'expired', expired: 'expired' },
    succeed: { requires_action: 'succeeded', succeeded: 'succeeded' },
    fail: { requires_action: 'declined', declined: 'declined' },
  };
  const cases = (Object.keys(LEGAL) as Operation[]).flatMap((operation) =>
    ALL.map((from) => [operation, from, LEGAL[operation][from] ?? 'ILLEGAL_TRANSITION'] as const),
  );

  test.each(cases)('%s of what is %s: %s', (operation, from, to) => {
    expect(statusOf(operate(charged(from), operation, NOW).answer)).toBe(to);
  });

  test('no charge: NOT_FOUND', () => {
    expect(statusOf(operate(undefined, 'renew', NOW).answer)).toBe('NOT_FOUND');
    expect(statusOf(operate(abandon(undefined, KEY, NOW).entry, 'expire', NOW).answer)).toBe('NOT_FOUND');
  });

  test('after 30 minutes of silence an action has expired, and cannot succeed', () => {
    const { entry } = come('tok_requires_action');
    const late = NOW + ACTION_WINDOW;
    expect(view('x', (entry as Entry).charge as NonNullable<Entry['charge']>, late).status).toBe('expired');
    expect(statusOf(operate(entry, 'succeed', late).answer)).toBe('ILLEGAL_TRANSITION');
    expect(statusOf(operate(entry, 'succeed', late - 1).answer)).toBe('succeeded');
  });
});

describe('refunds', () => {
  test('in part, then the rest, then nothing more', () => {
    const part = refundCharge(charged('succeeded'), { key: 'r1', amount: 400 }, NOW);
    expect(part.entry?.charge).toMatchObject({ status: 'partially_refunded', refunded: 400 });
    const rest = refundCharge(part.entry, { key: 'r2' }, NOW);
    expect(rest.entry?.charge).toMatchObject({ status: 'refunded', refunded: 1000 });
    expect(statusOf(refundCharge(rest.entry, { key: 'r3', amount: 1 }, NOW).answer)).toBe(
      'ILLEGAL_TRANSITION',
    );
  });

  test('a key refunds once: the same again is replayed, another amount is refused', () => {
    const first = refundCharge(charged('succeeded'), { key: 'r1', amount: 400 }, NOW);
    expect(refundCharge(first.entry, { key: 'r1', amount: 400 }, NOW)).toEqual({ answer: first.answer });
    expect(statusOf(refundCharge(first.entry, { key: 'r1', amount: 401 }, NOW).answer)).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
  });

  test('more than is left is refused', () => {
    const answer = refundCharge(charged('partially_refunded', 900), { key: 'r1', amount: 101 }, NOW).answer;
    expect(statusOf(answer)).toBe('REFUND_EXCEEDS_CAPTURE');
  });

  test.each<ChargeStatus>(['authorized', 'declined', 'voided', 'requires_action'])(
    'what is %s has nothing to give back',
    (status) => {
      expect(statusOf(refundCharge(charged(status), { key: 'r1' }, NOW).answer)).toBe('ILLEGAL_TRANSITION');
    },
  );

  test('a charge takes 50 refunds, so that its row stays small', () => {
    let entry: Entry | undefined = { ...charged('succeeded') };
    for (let n = 1; n <= 50; n += 1) entry = refundCharge(entry, { key: `r${n}`, amount: 1 }, NOW).entry;
    expect(statusOf(refundCharge(entry, { key: 'r51', amount: 1 }, NOW).answer)).toBe('CONFLICT');
  });
});
