import type { Payment } from '../domain/payment';
import type { Refund } from '../domain/refund';

export interface AuditsPayments {
  /** The payments of these orders as they are now; an order that has none is left out. */
  these(orderIds: readonly string[]): Promise<Payment[]>;
  refunds(orderId: string): Promise<Refund[]>;
}
