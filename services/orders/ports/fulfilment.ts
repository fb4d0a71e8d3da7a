import type { OrderReturn } from '../domain/order-return';
import type { Shipment } from '../domain/shipment';
import type { AnswerTo, Change, FindsOrders, Saved } from './orders';

/** A change of an order with the parcel or the return that it is about. */
export interface FulfilmentChange extends Change {
  shipment?: Shipment;
  return?: OrderReturn;
  /** True when the return's machine is to run its attempt. */
  startsReturn?: boolean;
}

export interface FulfilsOrders extends FindsOrders {
  shipment(orderId: string, shipmentId: string): Promise<Shipment | undefined>;
  return(orderId: string, returnId: string): Promise<OrderReturn | undefined>;
  /** Order, event, parcel or return and the reply's record: all of them or none. */
  save(change: FulfilmentChange, answerTo?: AnswerTo): Promise<Saved>;
}

export interface FindsOpenReturns {
  /** Returns that staff received and that are not refunded yet, in pages. */
  openReturns(): AsyncIterable<Pick<OrderReturn, 'orderId' | 'id'>[]>;
}
