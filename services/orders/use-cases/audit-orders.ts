import type { CloudEvent } from '../../../events/envelope';
import type { StepRecord } from '../../../events/order-events';
import type { Order } from '../domain/order';
import { deadlineOf } from '../domain/order-holds';
import type { AuditsOrders } from '../ports/order-audit';
import type { OrderHistory } from '../ports/order-history';

export interface AuditOrders {
  /** Those made on this day (UTC), a page at a time. */
  day?: string;
  cursor?: string;
  /** Those that were rejected, cancelled or settled on this day, a page at a time. */
  endedOn?: string;
  /** Of that day, those that changed since then. */
  changedSince?: string;
  /** These alone, and no page. */
  ids?: string[];
  /** With the steps of the saga that its events tell of. */
  withSteps?: boolean;
}

/** What others compare and count: nothing that says whose order it is. */
export type AuditedOrder = Pick<
  Order,
  | 'id'
  | 'status'
  | 'paymentStatus'
  | 'fulfilmentStatus'
  | 'owed'
  | 'attempt'
  | 'version'
  | 'items'
  | 'total'
  | 'createdAt'
  | 'updatedAt'
> & { waiting: boolean; steps?: AuditedStep[] };

export interface AuditedStep extends StepRecord {
  attempt: number;
}

interface Ports {
  orders: AuditsOrders;
  history: OrderHistory;
}

const stepsIn = ({ data }: CloudEvent): AuditedStep[] => {
  const { steps = [], attempt = 1 } = data as { steps?: StepRecord[]; attempt?: number };
  return steps.map((step) => ({ ...step, attempt }));
};

async function view({ history }: Ports, order: Order, withSteps = false): Promise<AuditedOrder> {
  const { id, status, paymentStatus, fulfilmentStatus, owed, attempt, version, items, total } = order;
  const { createdAt, updatedAt } = order;
  return {
    id,
    status,
    paymentStatus,
    fulfilmentStatus,
    owed,
    attempt,
    version,
    items,
    total,
    createdAt,
    updatedAt,
    waiting: deadlineOf(order) !== undefined,
    ...(withSteps ? { steps: (await history.eventsOf(id)).flatMap(stepsIn) } : {}),
  };
}

async function pageOf(
  { orders }: Ports,
  { day, endedOn, cursor, ids = [] }: AuditOrders,
): Promise<{ orders: Order[]; cursor?: string }> {
  if (day !== undefined) return orders.ofDay(day, cursor);
  if (endedOn !== undefined) return orders.endedOn(endedOn, cursor);
  return { orders: await orders.these(ids) };
}

/** Orders as they are now, for the books and the report of the day. */
export async function auditOrders(
  ports: Ports,
  { day, endedOn, cursor, changedSince, ids = [], withSteps }: AuditOrders,
): Promise<{ items: AuditedOrder[]; cursor?: string }> {
  const page = await pageOf(ports, { day, endedOn, cursor, ids });
  const wanted = page.orders.filter(({ updatedAt }) => !changedSince || updatedAt >= changedSince);
  const items = await Promise.all(wanted.map((order) => view(ports, order, withSteps)));
  return { items, cursor: page.cursor };
}
