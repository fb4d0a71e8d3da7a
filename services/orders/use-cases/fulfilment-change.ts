import type { EventLine } from '../../../events/order-events';
import { mergedLines } from '../domain/fulfilment';
import type { Order } from '../domain/order';
import type { WantedLine } from '../domain/pricing';

/** The lines of a parcel or a return as events name them: with the order's own name and price. */
export function eventLines(order: Order, lines: readonly WantedLine[]): EventLine[] {
  const known = new Map(order.items.map((item) => [item.productId, item]));
  return mergedLines(lines).flatMap(({ productId, quantity }) => {
    const item = known.get(productId);
    return item && quantity > 0 ? [{ ...item, quantity }] : [];
  });
}

/** Where the order stands, for events. */
export const standingOf = ({ status, paymentStatus, fulfilmentStatus }: Order) => ({
  status,
  paymentStatus,
  fulfilmentStatus,
});
