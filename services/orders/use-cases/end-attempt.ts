import type { StepRecord } from '../../../events/order-events';
import type { Order } from '../domain/order';
import type { Run } from '../domain/run';
import type { Change, SavesOrders } from '../ports/orders';

/** What every step that writes to an order at the end of an attempt is told. */
export interface EndOfAttempt {
  orderId: string;
  run: Run;
  correlationId: string;
  steps: StepRecord[];
}

const TRIES = 5;

/**
 * Looks at the order, decides, writes; looks again when somebody else wrote first. A repeat finds its own change
 * done and gives the same outcome. An order that is not there has no attempt that counts.
 * @throws Error when other writers keep winning: the machine retries the step.
 */
export async function endAttempt<Outcome extends string>(
  orders: SavesOrders,
  orderId: string,
  decide: (order: Order) => (Change & { outcome: Outcome }) | { outcome: Outcome },
): Promise<{ outcome: Outcome | 'SUPERSEDED' }> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const order = await orders.get(orderId);
    if (!order) return { outcome: 'SUPERSEDED' };
    const decision = decide(order);
    if (!('order' in decision)) return { outcome: decision.outcome };
    const saved = await orders.save(decision);
    if (saved.saved) return { outcome: decision.outcome };
  }
  throw new Error(`Order ${orderId} keeps being changed by others`);
}
