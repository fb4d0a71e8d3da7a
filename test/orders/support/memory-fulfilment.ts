import type { OrderReturn } from '../../../services/orders/domain/order-return';
import type { Shipment } from '../../../services/orders/domain/shipment';
import type {
  FindsOpenReturns,
  FulfilmentChange,
  FulfilsOrders,
} from '../../../services/orders/ports/fulfilment';
import type { AnswerTo, Saved } from '../../../services/orders/ports/orders';
import { MemoryOrders } from './memory-orders';

/** Orders in memory with their parcels and returns, written with them or not at all. */
export class MemoryFulfilment extends MemoryOrders implements FulfilsOrders, FindsOpenReturns {
  readonly shipments = new Map<string, Shipment>();
  readonly returns = new Map<string, OrderReturn>();
  readonly changes: FulfilmentChange[] = [];

  async shipment(orderId: string, shipmentId: string): Promise<Shipment | undefined> {
    const found = this.shipments.get(shipmentId);
    return found?.orderId === orderId ? structuredClone(found) : undefined;
  }

  async return(orderId: string, returnId: string): Promise<OrderReturn | undefined> {
    const found = this.returns.get(returnId);
    return found?.orderId === orderId ? structuredClone(found) : undefined;
  }

  async *openReturns(): AsyncIterable<Pick<OrderReturn, 'orderId' | 'id'>[]> {
    yield [...this.returns.values()].filter(({ status }) => status === 'RECEIVED');
  }

  override async save(change: FulfilmentChange, answerTo?: AnswerTo): Promise<Saved> {
    const saved = await super.save(change, answerTo);
    if (!saved.saved) return saved;
    this.changes.push(structuredClone(change));
    const { shipment, return: one } = change;
    if (shipment) this.shipments.set(shipment.id, structuredClone(shipment));
    if (one) this.returns.set(one.id, structuredClone(one));
    return saved;
  }
}
