import { bucketOf } from '../../../shared/kernel/ids';
import { mergedLines } from '../domain/fulfilment';
import type { OrderReturn } from '../domain/order-return';
import type { Shipment } from '../domain/shipment';
import type { ReturnToSettle } from '../ports/event-readers';

/** Returns to be settled are spread over this many partitions of the index. */
export const OPEN_RETURN_BUCKETS = 4;

export const openReturnBucket = (bucket: number): string => `open#${bucket}`;

export const shipmentKey = (orderId: string, id: string) => ({ orderId, sk: `shipment#${id}` });

export const returnKey = (orderId: string, id: string) => ({ orderId, sk: `return#${id}` });

export const toShipmentRow = (shipment: Shipment) => ({
  ...shipment,
  ...shipmentKey(shipment.orderId, shipment.id),
});

export function fromShipmentRow({ sk: _, ...shipment }: Record<string, unknown>): Shipment {
  return shipment as unknown as Shipment;
}

/** In the index `byOpen` only while its machine owes it an end. */
export const toReturnRow = (one: OrderReturn) => ({
  ...one,
  ...returnKey(one.orderId, one.id),
  open: one.status === 'RECEIVED' ? openReturnBucket(bucketOf(one.id, OPEN_RETURN_BUCKETS)) : undefined,
});

export function fromReturnRow({ sk: _, open: __, ...one }: Record<string, unknown>): OrderReturn {
  return one as unknown as OrderReturn;
}

/** What the machine needs, so that its steps read nothing of orders'. */
export const toSettle = ({ id, amount, accepted }: OrderReturn): ReturnToSettle => ({
  returnId: id,
  amount,
  restock: mergedLines(accepted.filter(({ restock }) => restock)),
});
