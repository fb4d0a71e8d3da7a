import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { annotate } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { raiseAttemptInput } from '../api/maintenance';
import { raiseAttempt } from '../use-cases/raise-attempt';

const env = environment({ ORDERS_TABLE: text, ORDER_EVENTS_TABLE: text });

const ports = {
  orders: new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE, events: env.ORDER_EVENTS_TABLE }),
  clock: Date.now,
};

export const handler = schedule(raiseAttemptInput, async (input) => {
  annotate({ orderId: input.orderId });
  return { outcome: await raiseAttempt(ports, input) };
});
