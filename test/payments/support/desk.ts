import type { CaptureOn } from '../../../services/payments/ports/payments';
import { processPayment } from '../../../services/payments/use-cases/process-payment';
import { refundPayment } from '../../../services/payments/use-cases/refund-payment';
import { money } from '../../../shared/kernel/money';
import { FakeProvider } from './fake-provider';
import { MemoryPayments } from './memory-payments';

export const ORDER = 'ord_01JQ7V3K5T9WZ6Y2M4N8P0R1S3';
export const PRICE = money(4598, 'EUR');

/** The payment step and its compensation over a table and a provider in memory. */
export function desk(captureOn: CaptureOn = 'order') {
  const payments = new MemoryPayments();
  const gateway = new FakeProvider();
  const time = { now: Date.parse('2026-11-21T12:00:00Z') };
  const ports = { payments, refunds: payments, gateway, clock: () => time.now, captureOn };
  return {
    payments,
    gateway,
    /** Ours; the provider's stands still. */
    time,
    pay: (paymentToken: string | undefined = 'tok_visa', attempt = 1) =>
      processPayment(ports, { orderId: ORDER, attempt, amount: PRICE, paymentToken }),
    payWithoutToken: (attempt: number) => processPayment(ports, { orderId: ORDER, attempt, amount: PRICE }),
    undo: (attempt = 1, fault = false) => refundPayment(ports, { orderId: ORDER, attempt, fault }),
    row: () => payments.rows.get(ORDER),
  };
}
