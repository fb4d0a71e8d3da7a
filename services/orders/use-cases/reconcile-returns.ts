import { orderSagaRequested } from '../../../events/order-events';
import { type Clock, HOUR, iso, SECOND } from '../../../shared/kernel/time';
import { nextReturnAttempt, type OrderReturn } from '../domain/order-return';
import type { FindsOpenReturns, FulfilsOrders } from '../ports/fulfilment';
import { basicsOf, changeWith } from './order-change';

/** A return that is received and not refunded for longer is an operator's business. */
const STUCK_AFTER = HOUR;

export interface ReturnsReconciled {
  returns: number;
  returnsResumed: number;
  returnsStuck: number;
  faults: unknown[];
}

interface Ports {
  returns: FulfilsOrders & FindsOpenReturns;
  clock: Clock;
}

/** Asks for the next attempt of every received return whose machine left it open; its finished steps answer from their rows. */
export async function reconcileReturns(
  { returns, clock }: Ports,
  { olderThanSeconds, orderId: only }: { olderThanSeconds: number; orderId?: string },
): Promise<ReturnsReconciled> {
  const result: ReturnsReconciled = { returns: 0, returnsResumed: 0, returnsStuck: 0, faults: [] };
  for await (const all of returns.openReturns()) {
    const now = clock();
    const page = all.filter(({ orderId }) => only === undefined || orderId === only);
    const looked = await Promise.allSettled(
      page.map(({ orderId, id }) => resume(returns, orderId, id, now, olderThanSeconds * SECOND)),
    );
    for (const one of looked) {
      if (one.status === 'rejected') result.faults.push(one.reason);
      else if (one.value) {
        result.returns += 1;
        result.returnsResumed += Number(one.value.resumed);
        result.returnsStuck += Number(now - Date.parse(one.value.since) > STUCK_AFTER);
      }
    }
  }
  return result;
}

/** Undefined for what has ended since: the index lags behind the rows. */
async function resume(
  returns: FulfilsOrders,
  orderId: string,
  returnId: string,
  now: number,
  age: number,
): Promise<{ resumed: boolean; since: string } | undefined> {
  const order = await returns.get(orderId);
  const found = order && (await returns.return(orderId, returnId));
  if (!order || found?.status !== 'RECEIVED') return undefined;
  const since = (found as OrderReturn).receivedAt ?? found.updatedAt;
  if (now - Date.parse(found.updatedAt) < age) return { resumed: false, since };
  const next = nextReturnAttempt(order, found, iso(now));
  const change = changeWith(
    next.order,
    orderSagaRequested,
    { ...basicsOf(next.order), because: 'RETURN_NOT_CLOSED' },
    { at: now, actor: 'system', correlationId: found.correlationId },
  );
  // Stale: the order moved on by itself; the next run looks again.
  const saved = await returns.save({ ...change, return: next.return, startsReturn: true });
  return { resumed: saved.saved, since };
}
