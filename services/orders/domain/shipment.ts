import {
  isAll,
  type LineTrouble,
  mergedLines,
  moveLines,
  ordered,
  progressOf,
  standing,
  troubleWith,
} from './fulfilment';
import type { Order } from './order';
import { mayMove } from './order-moves';
import type { WantedLine } from './pricing';

export type ShipmentStatus = 'SHIPPED' | 'DELIVERED';

/** Every legal move of a shipment. */
export const SHIPMENT_MOVES: Record<ShipmentStatus, readonly ShipmentStatus[]> = {
  SHIPPED: ['DELIVERED'],
  DELIVERED: [],
};

export interface Shipment {
  id: string;
  orderId: string;
  status: ShipmentStatus;
  carrier: string;
  trackingNumber: string;
  lines: WantedLine[];
  shippedAt: string;
  deliveredAt?: string;
}

export type Shipping = { order: Order; shipment: Shipment };

/** NOT_SHIPPABLE: only what is CONFIRMED goes out, in one parcel or several. */
export function ship(
  order: Order,
  parcel: Pick<Shipment, 'id' | 'carrier' | 'trackingNumber' | 'lines'>,
  at: string,
): Shipping | { outcome: 'NOT_SHIPPABLE' } | LineTrouble {
  if (order.status !== 'CONFIRMED') return { outcome: 'NOT_SHIPPABLE' };
  const lines = mergedLines(parcel.lines);
  const left = (productId: string) => ordered(order, productId) - progressOf(order, productId).shipped;
  const trouble = troubleWith(order, lines, left);
  if (trouble) return trouble;
  const counted = moveLines(order, lines, { shipped: 1 });
  const moved = standing(order, counted, at);
  return {
    order: isAll(moved, 'shipped') ? { ...moved, status: 'SHIPPED' } : moved,
    shipment: { ...parcel, lines, orderId: order.id, status: 'SHIPPED', shippedAt: at },
  };
}

/** DELIVERED_ALREADY: a parcel arrives once. */
export function deliver(
  order: Order,
  shipment: Shipment,
  at: string,
): Shipping | { outcome: 'DELIVERED_ALREADY' } {
  if (!SHIPMENT_MOVES[shipment.status].includes('DELIVERED')) return { outcome: 'DELIVERED_ALREADY' };
  const counted = moveLines(order, shipment.lines, { delivered: 1 });
  const moved = { ...standing(order, counted, at), lastDeliveredAt: at };
  return {
    order:
      isAll(moved, 'delivered') && mayMove(order, 'DELIVERED') ? { ...moved, status: 'DELIVERED' } : moved,
    shipment: { ...shipment, status: 'DELIVERED', deliveredAt: at },
  };
}
