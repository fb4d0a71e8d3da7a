import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { step } from '../../../shared/lambda/step';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { type EndOfAttemptInput, endOfAttempt, runOf } from '../adapters/end-of-attempt';
import { confirmOrder } from '../use-cases/confirm-order';

const env = environment({ ORDERS_TABLE: text, ORDER_EVENTS_TABLE: text });

const ports = {
  orders: new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE, events: env.ORDER_EVENTS_TABLE }),
  clock: Date.now,
};

export const handler = step(endOfAttempt<EndOfAttemptInput>(), (input) =>
  confirmOrder(ports, { ...input, run: runOf(input) }),
);
