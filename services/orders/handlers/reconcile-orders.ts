import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { reconcileOrders } from '../use-cases/reconcile-orders';

const env = environment({ ORDERS_TABLE: text, ORDER_EVENTS_TABLE: text });

const ports = {
  orders: new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE, events: env.ORDER_EVENTS_TABLE }),
  clock: Date.now,
};

const payload = Joi.object<{ olderThanSeconds: number }, true>({
  olderThanSeconds: Joi.number().integer().min(0).max(86_400),
});

export const handler = schedule(payload, async (input) => {
  const { faults, ...result } = await reconcileOrders(ports, input);
  const { metrics, log } = invocation();
  metrics.add('ordersStuck', result.stuck);
  metrics.add('ordersResumed', result.resumed);
  log.info(result, 'orders reconciled');
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} open orders not resumed`);
  return result;
});
