import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { step } from '../../../shared/lambda/step';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { type EndOfAttemptInput, endOfAttempt, runOf, type Shortage } from '../adapters/end-of-attempt';
import { holdOrder } from '../use-cases/hold-order';

const env = environment({ ORDERS_TABLE: text, ORDER_EVENTS_TABLE: text });

const ports = {
  orders: new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE, events: env.ORDER_EVENTS_TABLE }),
  clock: Date.now,
};

interface Input extends EndOfAttemptInput {
  reason: string;
  short?: Shortage[];
}

const short = Joi.array()
  .items(
    Joi.object<Shortage, true>({
      productId: Joi.string().min(1).max(64),
      missing: Joi.number().integer().min(1).max(999),
    }),
  )
  .min(1)
  .max(30);

export const handler = step(
  endOfAttempt<Input>({ reason: Joi.string().pattern(/^[A-Z_]{2,40}$/), short: short.optional() }),
  (input) => holdOrder(ports, { ...input, run: runOf(input) }),
);
