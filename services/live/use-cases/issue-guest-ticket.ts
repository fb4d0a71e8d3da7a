import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Clock } from '../../../shared/kernel/time';
import type { Orders, Tickets } from '../ports/live';
import { issueTicket } from './issue-ticket';

/** Expired, tampered with, another order's, joined or erased: the answer of an order that never was. */
export async function issueGuestTicket(
  ports: { tickets: Tickets; orders: Pick<Orders, 'openedBy'>; clock: Clock },
  { orderId, token = '' }: { orderId: string; token?: string },
): Promise<{ ticket: string; expiresIn: number } | Refusal> {
  const snapshot = await ports.orders.openedBy(orderId, token);
  return snapshot ? issueTicket(ports, { orderId }) : refuse('NOT_FOUND', 'There is no such order.');
}
