import { orderReviewed } from '../../../events/hold-events';
import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Order } from '../domain/order';
import { review } from '../domain/order-holds';
import type { Change } from '../ports/orders';
import { type Deciding, decide } from './decide';
import { basicsOf, changeWith } from './order-change';

export interface ReviewOrder {
  orderId: string;
  decision: 'approve' | 'refuse';
  note?: string;
  /** The member of staff. */
  staffId: string;
  /** The version they saw, where they say so. */
  ifMatch: number | undefined;
  correlationId: string;
  request: IdempotentRequest;
}

/** Staff let an order go on or end it; either way the attempt that the decision asks for does it. */
export const reviewOrder = (ports: Deciding, command: ReviewOrder): Promise<Reply | Refusal> =>
  decide(ports, command, {
    find: async () =>
      (await ports.orders.get(command.orderId)) ?? refuse('NOT_FOUND', 'There is no such order.'),
    seen: command.ifMatch,
    move: (order, at) =>
      review(order, command.decision === 'approve' ? 'APPROVED' : 'REFUSED', at, command.note),
    change: (order, at) => reviewed(order, at, command),
  });

function reviewed(order: Order, at: number, { staffId, decision, correlationId }: ReviewOrder): Change {
  const data = { ...basicsOf(order), decision: order.review as string };
  return {
    ...changeWith(order, orderReviewed, data, { at, actor: 'staff', correlationId }),
    starts: order.attempt,
    audit: { actor: staffId, action: 'review-order', detail: { decision } },
  };
}
