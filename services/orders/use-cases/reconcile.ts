import type { Clock } from '../../../shared/kernel/time';
import type { FindsOpenReturns, FulfilsOrders } from '../ports/fulfilment';
import type { FindsOpenOrders, SavesOrders } from '../ports/orders';
import { type Reconcile, type Reconciled, reconcileOrders } from './reconcile-orders';
import { type ReturnsReconciled, reconcileReturns } from './reconcile-returns';

export type { Reconcile } from './reconcile-orders';

interface Ports {
  orders: SavesOrders & FindsOpenOrders;
  returns: FulfilsOrders & FindsOpenReturns;
  clock: Clock;
}

/** Everything of orders that a machine left open is asked for again. */
export async function reconcile(
  ports: Ports,
  wanted: Reconcile,
): Promise<Reconciled & Omit<ReturnsReconciled, 'faults'>> {
  const orders = await reconcileOrders(ports, wanted);
  const { faults, ...returns } = await reconcileReturns(ports, wanted);
  return {
    ...orders,
    ...returns,
    stuck: orders.stuck + returns.returnsStuck,
    faults: [...orders.faults, ...faults],
  };
}
