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

/** Orders as they are now, for the books and the report of the day. */
export async function auditOrders(
  ports: Ports,
  { day, cursor, changedSince, ids = [], withSteps }: AuditOrders,
): Promise<{ items: AuditedOrder[]; cursor?: string }> {
  const page: { orders: Order[]; cursor?: string } =
    day === undefined ? { orders: await ports.orders.these(ids) } : await ports.orders.ofDay(day, cursor);
  const wanted = page.orders.filter(({ updatedAt }) => !changedSince || updatedAt >= changedSince);
  const items = await Promise.all(wanted.map((order) => view(ports, order, withSteps)));
  return { items, cursor: page.cursor };
}
