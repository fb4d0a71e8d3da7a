import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { type Reconcile, reconcileOrders } from '../use-cases/reconcile-orders';

const env = environment({ ORDERS_TABLE: text, ORDER_EVENTS_TABLE: text });

const ports = {
  orders: new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE, events: env.ORDER_EVENTS_TABLE }),
  clock: Date.now,
};

const payload = Joi.object<Reconcile, true>({
  olderThanSeconds: Joi.number().integer().min(0).max(86_400),
  holdsOlderThanSeconds: Joi.number().integer().min(0).max(86_400).optional(),
  orderId: Joi.string().min(1).max(64).optional(),
});

export const handler = schedule(payload, async (input) => {
  const { faults, ...result } = await reconcileOrders(ports, input);
  const { metrics, log } = invocation();
  metrics.add('ordersStuck', result.stuck);
  metrics.add('ordersResumed', result.resumed);
  metrics.add('decisionsExpired', result.expired);
  log.info(result, 'orders reconciled');
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} open orders not resumed`);
  return result;
});
