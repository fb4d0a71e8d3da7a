import { linkRequested } from '../../../events/hold-events';
import type { Clock } from '../../../shared/kernel/time';
import { isGuestOrder, normalEmail } from '../domain/guest';
import type { Order } from '../domain/order';
import type { RequestsLinks } from '../ports/guest-orders';
import type { FindsOrders } from '../ports/orders';
import { basicsOf, changeWith } from './order-change';

export interface RequestGuestLink {
  orderId: string;
  email: string;
  correlationId: string;
}

/** What the log says; the guest is told the same whatever it was. */
export type LinkRequested = 'REQUESTED' | 'NO_SUCH_ORDER' | 'TOO_MANY' | 'CONTENDED';

const TRIES = 5;

const isTheirs = (order: Order, email: string): boolean =>
  isGuestOrder(order) && normalEmail(order.contact?.email ?? '') === normalEmail(email);

/** Only the order's own address gets a link, and the link is made by who sends the mail: no event carries it. */
export async function requestGuestLink(
  { orders, clock }: { orders: FindsOrders & RequestsLinks; clock: Clock },
  { orderId, email, correlationId }: RequestGuestLink,
): Promise<LinkRequested> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const order = await orders.get(orderId);
    if (!order || !isTheirs(order, email)) return 'NO_SUCH_ORDER';
    const now = clock();
    // `updatedAt` stays: nothing of the order itself has changed, and the reconciler goes by it.
    const next = { ...order, version: order.version + 1 };
    const circumstances = { at: now, actor: 'customer', correlationId } as const;
    const saved = await orders.requestLink(
      changeWith(next, linkRequested, basicsOf(next), circumstances),
      now,
    );
    if (saved !== 'STALE') return saved;
  }
  return 'CONTENDED';
}
