import type { CloudEvent } from '../../../events/envelope';
import { type Money, times } from '../../../shared/kernel/money';
import type { Order, OrderLine } from '../domain/order';

export type { Order } from '../domain/order';

const lineView = ({ productId, name, quantity, unitPrice }: OrderLine) => ({
  productId,
  name,
  quantity,
  unitPrice,
  total: times(unitPrice, quantity),
});

export const quoteView = ({ items: lines, total }: { items: OrderLine[]; total: Money }) => ({
  items: lines.map(lineView),
  total,
});

/** An order as a client sees it: no customer, no payment token, nothing of how it is stored. */
export const orderView = (order: Order) => ({
  id: order.id,
  status: order.status,
  paymentStatus: order.paymentStatus,
  fulfilmentStatus: order.fulfilmentStatus,
  ...quoteView(order),
  rejectionReason: order.rejectionReason,
  nextAction: order.nextAction,
  proposal: order.proposal && { ...quoteView(order.proposal), expiresAt: order.proposal.expiresAt },
  version: order.version,
  createdAt: order.createdAt,
  updatedAt: order.updatedAt,
});

/** Why an order is held in review would tell a fraudster what to do better next time. */
const NOT_TOLD: Record<string, string[]> = { 'order.held': ['because'] };

const toldOf = (type: string, data: object) =>
  Object.fromEntries(Object.entries(data).filter(([name]) => !NOT_TOLD[type]?.includes(name)));

export const historyView = (events: CloudEvent[]) => ({
  items: events.map(({ time, type, actor, correlationid, data }) => ({
    at: time,
    type,
    actor,
    correlationId: correlationid,
    data: toldOf(type, data as object),
  })),
});
