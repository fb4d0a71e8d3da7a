import type { Payment } from '../../services/payments/domain/payment';
import type { ReturnRefund } from '../../services/payments/domain/return-refund';
import type { ReturnRefunds } from '../../services/payments/ports/return-refunds';
import { refundReturn } from '../../services/payments/use-cases/refund-return';
import { money } from '../../shared/kernel/money';
import { desk, ORDER, PRICE } from './support/desk';

const RETURN = 'ret_01JQ7V3K5T9WZ6Y2M4N8P0R1S3';

/** The refunds of returns beside the payments of the desk, each call one write that takes effect or not. */
class MemoryReturnRefunds implements ReturnRefunds {
  readonly rows = new Map<string, ReturnRefund>();
  before: () => void = () => undefined;

  constructor(private readonly payments: Map<string, Payment>) {}

  async payment(orderId: string): Promise<Payment> {
    const row = this.payments.get(orderId);
    if (!row) throw new Error(`Order ${orderId} has no payment`);
    return structuredClone(row);
  }

  async of(orderId: string, returnId: string): Promise<ReturnRefund[]> {
    return [...this.rows.values()].filter(
      (row) => row.orderId === orderId && row.id.startsWith(`${returnId}-`),
    );
  }

  async take(refund: ReturnRefund): Promise<boolean> {
    this.before();
    const payment = await this.payment(refund.orderId);
    if (this.rows.has(refund.id) || payment.refundable < refund.amount) return false;
    this.rows.set(refund.id, refund);
    this.payments.set(refund.orderId, {
      ...payment,
      version: payment.version + 1,
      refundable: payment.refundable - refund.amount,
    });
    return true;
  }

  async settle({ id, orderId, amount }: ReturnRefund, end: 'SUCCEEDED' | 'FAILED'): Promise<void> {
    const row = this.rows.get(id);
    if (row?.status !== 'PENDING') return;
    this.rows.set(id, { ...row, status: end });
    const payment = await this.payment(orderId);
    const counter = end === 'SUCCEEDED' ? 'refunded' : 'refundable';
    this.payments.set(orderId, {
      ...payment,
      version: payment.version + 1,
      [counter]: payment[counter] + amount,
    });
  }
}

/** An order of 45.98 that is paid. */
async function paid() {
  const { payments, gateway, pay, time } = desk();
  await pay();
  const refunds = new MemoryReturnRefunds(payments.rows);
  const ports = { refunds, gateway, clock: () => time.now };
  return {
    refunds,
    gateway,
    row: () => payments.rows.get(ORDER) as Payment,
    book: (over: Partial<Payment>) =>
      payments.rows.set(ORDER, { ...(payments.rows.get(ORDER) as Payment), ...over }),
    refund: (amount = 1450) =>
      refundReturn(ports, { orderId: ORDER, returnId: RETURN, amount: money(amount, 'EUR') }),
  };
}

test('a return is refunded once under its own key, however often its step runs', async () => {
  const { refund, gateway, row } = await paid();
  const first = await refund();
  expect(first).toEqual({
    outcome: 'REFUNDED',
    refunded: money(1450, 'EUR'),
    paymentStatus: 'PARTIALLY_REFUNDED',
    paymentVersion: 2,
  });
  expect(await refund()).toEqual(first);
  expect(await Promise.all([refund(), refund()])).toEqual([first, first]);
  expect(row()).toMatchObject({ refunded: 1450, refundable: PRICE.amount - 1450 });
  expect(gateway.net()).toBe(PRICE.amount - 1450);
});

test('two steps at once take one refund and send one key', async () => {
  const { refund, gateway, refunds } = await paid();
  await Promise.all([refund(), refund(), refund()]);
  expect(refunds.rows.size).toBe(1);
  expect(gateway.net()).toBe(PRICE.amount - 1450);
});

test.each(['lost', 'unanswered', 'down'] as const)(
  'while the answer of the provider is %s the amount stays taken, and the next attempt ends it under the same key',
  async (fate) => {
    const { refund, gateway, row } = await paid();
    gateway.fates = { refund: fate };
    expect(await refund()).toMatchObject({ outcome: 'UNKNOWN', refunded: money(0, 'EUR') });
    expect(row()).toMatchObject({ refunded: 0, refundable: PRICE.amount - 1450 });
    gateway.fates = {};
    expect(await refund()).toMatchObject({ outcome: 'REFUNDED', refunded: money(1450, 'EUR') });
    expect(gateway.net()).toBe(PRICE.amount - 1450);
  },
);

test('a refund that the provider refuses gives the amount back, and the next attempt tries under another id', async () => {
  const { refund, gateway, row, refunds } = await paid();
  gateway.refusesRefunds = true;
  expect(await refund()).toMatchObject({ outcome: 'FAILED', paymentStatus: 'CAPTURED' });
  expect(row()).toMatchObject({ refunded: 0, refundable: PRICE.amount });
  gateway.refusesRefunds = false;
  expect(await refund()).toMatchObject({ outcome: 'REFUNDED' });
  expect([...refunds.rows.keys()]).toEqual([`${RETURN}-1`, `${RETURN}-2`]);
  expect(gateway.net()).toBe(PRICE.amount - 1450);
});

test('what was given back already is not given back again: at most what is left', async () => {
  const { refund, book, gateway } = await paid();
  book({ refundable: 1000 });
  expect(await refund()).toMatchObject({ outcome: 'REFUNDED', refunded: money(1000, 'EUR') });
  expect(gateway.net()).toBe(PRICE.amount - 1000);
});

test('with nothing left the return ends without a refund', async () => {
  const { refund, book, gateway, refunds } = await paid();
  book({ refundable: 0, refunded: PRICE.amount });
  expect(await refund()).toEqual({
    outcome: 'REFUNDED',
    refunded: money(0, 'EUR'),
    paymentStatus: 'REFUNDED',
    paymentVersion: 0,
  });
  expect(refunds.rows.size).toBe(0);
  expect(gateway.calls).not.toContain('refund');
});

test.each([
  ['its parcel is still to be captured', { state: 'AUTHORIZED', captured: 0, refundable: 0 }],
  ['what other parcels paid does not reach', { state: 'AUTHORIZED', captured: 1000, refundable: 1000 }],
  ['the bank holds what is disputed', { refundable: 0, disputed: PRICE.amount }],
] as const)('while %s the return waits, and is refunded in whole afterwards', async (_why, standing) => {
  const { refund, book, gateway, refunds } = await paid();
  book(standing);
  expect(await refund()).toMatchObject({ outcome: 'UNKNOWN', refunded: money(0, 'EUR') });
  expect(refunds.rows.size).toBe(0);
  book({ state: 'CAPTURED', captured: PRICE.amount, refundable: PRICE.amount, disputed: 0 });
  expect(await refund()).toMatchObject({ outcome: 'REFUNDED', refunded: money(1450, 'EUR') });
  expect(gateway.net()).toBe(PRICE.amount - 1450);
});

test.each([
  ['an authorisation of which enough is captured', { state: 'AUTHORIZED', captured: 1450, refundable: 1450 }],
  ['a dispute over another part', { refundable: 1450, disputed: PRICE.amount - 1450 }],
] as const)('a return is not kept waiting by %s', async (_what, standing) => {
  const { refund, book } = await paid();
  book(standing);
  expect(await refund()).toMatchObject({ outcome: 'REFUNDED', refunded: money(1450, 'EUR') });
});

test('what the bank has given the customer in the end is not given back again', async () => {
  const { refund, book } = await paid();
  book({ refundable: 0, chargedBack: PRICE.amount });
  expect(await refund()).toMatchObject({ outcome: 'REFUNDED', refunded: money(0, 'EUR') });
});

test('another booking that comes first is looked at again', async () => {
  const { refund, book, refunds } = await paid();
  refunds.before = () => {
    refunds.before = () => undefined;
    book({ refundable: 700 });
  };
  expect(await refund()).toMatchObject({ outcome: 'REFUNDED', refunded: money(700, 'EUR') });
});

test('an order without a payment has nothing to refund: a fault, for an operator to see', async () => {
  const { payments, gateway, time } = desk();
  const refunds = new MemoryReturnRefunds(payments.rows);
  const of = { orderId: ORDER, returnId: RETURN, amount: money(1, 'EUR') };
  await expect(refundReturn({ refunds, gateway, clock: () => time.now }, of)).rejects.toThrow('no payment');
});
