import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbFulfilment } from '../adapters/dynamodb-fulfilment';
import { type Reconcile, reconcile } from '../use-cases/reconcile';

const env = environment({ ORDERS_TABLE: text, ORDER_EVENTS_TABLE: text, FULFILMENT_TABLE: text });

const orders = new DynamodbFulfilment(dynamodb, {
  orders: env.ORDERS_TABLE,
  events: env.ORDER_EVENTS_TABLE,
  fulfilment: env.FULFILMENT_TABLE,
});

const ports = { orders, returns: orders, clock: Date.now };

const payload = Joi.object<Reconcile, true>({
  olderThanSeconds: Joi.number().integer().min(0).max(86_400),
  holdsOlderThanSeconds: Joi.number().integer().min(0).max(86_400).optional(),
  orderId: Joi.string().min(1).max(64).optional(),
});

export const handler = schedule(payload, async (input) => {
  const { faults, ...result } = await reconcile(ports, input);
  const { metrics, log } = invocation();
  metrics.add('ordersStuck', result.stuck);
  metrics.add('ordersResumed', result.resumed + result.returnsResumed);
  metrics.add('decisionsExpired', result.expired);
  log.info(result, 'orders reconciled');
  if (faults.length > 0)
    throw new AggregateError(faults, `${faults.length} open orders and returns not resumed`);
  return result;
});
