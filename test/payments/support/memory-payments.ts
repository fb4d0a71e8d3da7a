import {
  NO_MONEY,
  type OpenRefund,
  type Payment,
  type ProviderTrouble,
} from '../../../services/payments/domain/payment';
import type {
  CaptureOn,
  Opening,
  PaymentMove,
  Payments,
  Refunds,
} from '../../../services/payments/ports/payments';
import type { Money } from '../../../shared/kernel/money';

export class AnswerLost extends Error {
  override name = 'TimeoutError';
}

type Order = { orderId: string; attempt: number; at: number; captureOn?: CaptureOn };

/** The payments table as the ports describe it: one conditional write a call, answered by the row as it is then. */
export class MemoryPayments implements Payments, Refunds {
  readonly rows = new Map<string, Payment>();
  readonly refundRows = new Map<string, { status: string; amount: number }>();
  writes: string[] = [];
  /** Throws after the write took effect, as a lost response does. */
  loseAnswerOf?: string;
  /** Runs before a write takes effect: what another does in between. */
  before: (write: string) => Promise<void> | void = () => undefined;

  open({ money, ...order }: Opening): Promise<Payment> {
    return this.takeOn('open', order, 'PENDING', money);
  }

  close(order: Order): Promise<Payment> {
    return this.takeOn('close', order, 'VOIDED', NO_MONEY);
  }

  move(seen: Payment, { to, by, at: _at, ...known }: PaymentMove): Promise<Payment> {
    return this.write(`move ${to}`, seen.orderId, (row) => {
      if (!row || row.state !== seen.state || row.attempt !== seen.attempt) return row;
      const facts = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
      return {
        ...row,
        ...facts,
        state: to,
        movedBy: by,
        captured: to === 'CAPTURED' ? row.money.amount : row.captured,
        refundable: to === 'CAPTURED' ? row.money.amount : row.refundable,
      };
    });
  }

  async note(seen: Payment, trouble: ProviderTrouble): Promise<void> {
    await this.write('note', seen.orderId, (row) => row && { ...row, trouble });
  }

  take(seen: Payment, refund: OpenRefund): Promise<Payment> {
    return this.write('take', seen.orderId, (row) => {
      const free = row && !row.openRefund && row.refundable >= refund.amount && row.attempt === seen.attempt;
      if (!row || !free || this.refundRows.has(refund.id)) return row;
      this.refundRows.set(refund.id, { status: 'PENDING', amount: refund.amount });
      return {
        ...row,
        refundable: row.refundable - refund.amount,
        refunds: seen.refunds + 1,
        openRefund: refund,
      };
    });
  }

  settle(seen: Payment, refund: OpenRefund, end: 'SUCCEEDED' | 'FAILED'): Promise<Payment> {
    return this.write(`settle ${end}`, seen.orderId, (row) => {
      if (row?.openRefund?.id !== refund.id) return row;
      this.refundRows.set(refund.id, { status: end, amount: refund.amount });
      const counter = end === 'SUCCEEDED' ? 'refunded' : 'refundable';
      return { ...row, [counter]: row[counter] + refund.amount, openRefund: undefined };
    });
  }

  private takeOn(name: string, order: Order, state: Payment['state'], money: Money): Promise<Payment> {
    const none = {
      captured: 0,
      refundable: 0,
      refunded: 0,
      disputed: 0,
      chargedBack: 0,
      refunds: 0,
      version: 0,
    };
    const { captureOn, ...opened } = order;
    const mode = captureOn === 'shipment' ? { captureOn } : {};
    const fresh = { ...opened, ...mode, ...none, askedAt: order.at, state, money };
    return this.write(name, order.orderId, (row) => {
      if (!row) return fresh;
      return row.attempt > order.attempt ? row : { ...row, attempt: order.attempt };
    });
  }

  private async write(
    name: string,
    orderId: string,
    change: (row: Payment | undefined) => Payment | undefined,
  ): Promise<Payment> {
    await this.before(name);
    this.writes.push(name);
    const row = change(structuredClone(this.rows.get(orderId)));
    if (!row) throw new Error(`Order ${orderId} has no payment`);
    this.rows.set(orderId, row);
    if (this.loseAnswerOf === name) {
      this.loseAnswerOf = undefined;
      throw new AnswerLost(`${name} took effect, its answer got lost`);
    }
    return structuredClone(row);
  }
}
