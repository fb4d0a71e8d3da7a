import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { correlate } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbOrderMessages } from '../adapters/dynamodb-order-messages';
import { DynamodbPerson } from '../adapters/dynamodb-person';
import { readPersonOrders } from '../use-cases/read-person-orders';

const env = environment({ ORDERS_TABLE: text, FULFILMENT_TABLE: text, ORDER_MESSAGES_TABLE: text });

const tables = { orders: env.ORDERS_TABLE, fulfilment: env.FULFILMENT_TABLE };
const person = new DynamodbPerson(
  dynamodb,
  tables,
  new DynamodbOrderMessages(dynamodb, env.ORDER_MESSAGES_TABLE),
);
const ports = { orders: person, files: person };

interface Input {
  by: 'customerId' | 'emailHash';
  id: string;
  before?: string;
  content: boolean;
  correlationId: string;
}

const input = Joi.object<Input, true>({
  by: Joi.string().valid('customerId', 'emailHash'),
  id: Joi.string().min(1).max(128),
  before: Joi.string().min(1).max(64).optional(),
  content: Joi.boolean(),
  correlationId: Joi.string().min(1).max(128),
});

export const handler = schedule(input, ({ by, id, before, content, correlationId }) => {
  correlate(correlationId);
  const whose = by === 'customerId' ? { customerId: id } : { emailHash: id };
  return readPersonOrders(ports, { whose, before, content });
});
