import type { Order } from '../../../services/orders/domain/order';
import { closeReturn } from '../../../services/orders/use-cases/close-return';
import { deliverShipment } from '../../../services/orders/use-cases/deliver-shipment';
import { receiveReturn } from '../../../services/orders/use-cases/receive-return';
import { reconcileReturns } from '../../../services/orders/use-cases/reconcile-returns';
import { requestReturn } from '../../../services/orders/use-cases/request-return';
import { shipOrder } from '../../../services/orders/use-cases/ship-order';
import type { Reply } from '../../../shared/kernel/idempotency';
import { isRefusal, type Refusal } from '../../../shared/kernel/refusal';
import { anOrder, NOW, request } from './an-order';
import { MemoryFulfilment } from './memory-fulfilment';

const answer = (one: unknown): Reply => ({ status: 200, headers: {}, body: JSON.stringify(one) });

export interface Line {
  productId: string;
  quantity: number;
}

/** Two mugs and a dripper, paid: 14.50 and 24.90 each. */
export const confirmed = (over: Partial<Order> = {}): Order =>
  anOrder({ status: 'CONFIRMED', paymentStatus: 'CAPTURED', owed: false, paymentToken: undefined, ...over });

/** Everything that staff and the customer do to one order, over tables in memory and a clock of the test's own. */
export function warehouse(order: Order = confirmed()) {
  const orders = new MemoryFulfilment(order);
  const time = { now: NOW };
  const ports = { orders, replies: orders, clock: () => time.now, answer, windowDays: 30 };
  let keys = 0;
  const command = (over: object = {}) => {
    keys += 1;
    const key = `key-${keys}`;
    return { orderId: order.id, correlationId: 'cor_1', request: request(key), staffId: 'grace', ...over };
  };
  const parcel = { carrier: 'DHL', trackingNumber: 'JD01' };
  return {
    orders,
    time,
    row: () => orders.row(order.id),
    ship: (lines: Line[], over: object = {}) => shipOrder(ports, { ...command(over), ...parcel, lines }),
    deliver: (shipmentId: string, over: object = {}) =>
      deliverShipment(ports, { ...command(over), shipmentId }),
    sendBack: (lines: Line[], over: object = {}) =>
      requestReturn(ports, {
        customerId: 'ada',
        ...command(over),
        lines: lines.map((line) => ({ ...line, reason: 'Chipped' })),
      }),
    receive: (returnId: string, lines: (Line & { restock?: boolean })[], over: object = {}) =>
      receiveReturn(ports, {
        ...command(over),
        returnId,
        lines: lines.map((line) => ({ restock: true, ...line })),
      }),
    close: (returnId: string, amount = 1450) =>
      closeReturn(ports, {
        orderId: order.id,
        returnId,
        correlationId: 'cor_1',
        refunded: { amount, currency: 'EUR' },
        payment: { paymentStatus: 'PARTIALLY_REFUNDED', version: 2 },
      }),
    reconcile: (olderThanSeconds = 600) =>
      reconcileReturns({ returns: orders, clock: () => time.now }, { olderThanSeconds }),
  };
}

/** The body of a reply. @throws Error when it was refused. */
export function told(outcome: Reply | Refusal): { id: string; status: string } {
  if (isRefusal(outcome)) throw new Error(`${outcome.refused}: ${outcome.detail}`);
  return JSON.parse(outcome.body);
}
