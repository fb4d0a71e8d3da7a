import type { Reservation } from '../domain/reservation';
import type { AuditsReservations } from '../ports/reservations';

export interface AuditedReservation extends Pick<Reservation, 'orderId' | 'state' | 'attempt'> {
  lines: { productId: string; quantity: number }[];
}

/** What is held or sold for these orders, as it is now; an order without a reservation is left out. */
export async function auditReservations(
  { reservations }: { reservations: AuditsReservations },
  { orderIds }: { orderIds: string[] },
): Promise<{ items: AuditedReservation[] }> {
  const found = await reservations.these(orderIds);
  return {
    items: found.map(({ orderId, state, attempt, lines }) => ({
      orderId,
      state,
      attempt,
      lines: lines.map(({ productId, quantity }) => ({ productId, quantity })),
    })),
  };
}
