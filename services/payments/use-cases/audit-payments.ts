import type { Money } from '../../../shared/kernel/money';
import type { Charge } from '../domain/charge';
import type { Payment } from '../domain/payment';
import type { PaymentAudit } from '../domain/payment-audit';
import type { AuditsPayments } from '../ports/payment-audit';
import type { PaymentGateway } from '../ports/payment-gateway';
import { chargeOrder } from './give-up';

export interface AuditPayments {
  /** What the provider has booked since then, a page at a time. */
  since?: string;
  cursor?: string;
  /** What our rows say of these orders. */
  orderIds?: string[];
  /** And what the provider says of each of them now. */
  ask?: boolean;
  /** And what was given back of each. */
  withRefunds?: boolean;
}

interface MadeRefund {
  orderId: string;
  amount: Money;
  at: string;
}

export interface PaymentsAudited {
  payments: PaymentAudit[];
  charges: Charge[];
  refunds?: MadeRefund[];
  cursor?: string;
}

interface Ports {
  payments: AuditsPayments;
  gateway: Pick<PaymentGateway, 'list' | 'find'>;
}

const auditOf = ({ orderId, state, chargeId, captured, refunded, ...more }: Payment): PaymentAudit => {
  const { refundable, disputed, chargedBack } = more;
  return { orderId, state, chargeId, captured, refunded, refundable, disputed, chargedBack };
};

const SIDE_BY_SIDE = 5;

/** Few at a time: the provider serves customers meanwhile. */
async function asked({ gateway }: Ports, payments: Payment[]): Promise<Charge[]> {
  const charges: Charge[] = [];
  for (let at = 0; at < payments.length; at += SIDE_BY_SIDE) {
    const some = payments.slice(at, at + SIDE_BY_SIDE);
    // A tombstone was never asked for.
    const found = await Promise.all(
      some.map((payment) => (payment.money.amount > 0 ? gateway.find(chargeOrder(payment)) : undefined)),
    );
    charges.push(...found.flatMap((charge) => (charge?.id ? [charge] : [])));
  }
  return charges;
}

/** Those that came to the customer; nothing of why. */
async function refundsOf({ payments }: Ports, orderIds: readonly string[]): Promise<MadeRefund[]> {
  const all = await Promise.all(orderIds.map((orderId) => payments.refunds(orderId)));
  return all
    .flat()
    .filter(({ status }) => status === 'SUCCEEDED')
    .map(({ orderId, amount, settledAt, takenAt }) => ({ orderId, amount, at: settledAt ?? takenAt }));
}

/** @throws ProviderFault when the provider could not be asked: what it would have said is nobody's to guess */
export async function auditPayments(
  ports: Ports,
  { since, cursor, orderIds = [], ask = false, withRefunds = false }: AuditPayments,
): Promise<PaymentsAudited> {
  if (since !== undefined) {
    const page = await ports.gateway.list(since, cursor);
    return { payments: [], charges: page.charges, cursor: page.nextCursor };
  }
  const payments = await ports.payments.these(orderIds);
  return {
    payments: payments.map(auditOf),
    charges: ask ? await asked(ports, payments) : [],
    ...(withRefunds ? { refunds: await refundsOf(ports, orderIds) } : {}),
  };
}
