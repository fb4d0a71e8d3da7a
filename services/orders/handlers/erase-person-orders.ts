import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { correlate } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbPerson } from '../adapters/dynamodb-person';
import { erasePersonOrders } from '../use-cases/erase-person-orders';

const env = environment({ ORDERS_TABLE: text, FULFILMENT_TABLE: text, IDEMPOTENCY_TABLE: text });

const tables = {
  orders: env.ORDERS_TABLE,
  fulfilment: env.FULFILMENT_TABLE,
  idempotency: env.IDEMPOTENCY_TABLE,
};
const ports = { orders: new DynamodbPerson(dynamodb, tables), clock: Date.now };

interface Input {
  orderIds: string[];
  correlationId: string;
}

const input = Joi.object<Input, true>({
  orderIds: Joi.array().items(Joi.string().min(1).max(64)).max(25),
  correlationId: Joi.string().min(1).max(128),
});

export const handler = schedule(input, ({ orderIds, correlationId }) => {
  correlate(correlationId);
  return erasePersonOrders(ports, orderIds);
});
