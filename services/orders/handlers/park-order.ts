import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { step } from '../../../shared/lambda/step';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { type EndOfAttemptInput, endOfAttempt, type NextAction, runOf } from '../adapters/end-of-attempt';
import { parkOrder } from '../use-cases/park-order';

const env = environment({ ORDERS_TABLE: text, ORDER_EVENTS_TABLE: text });

const ports = {
  orders: new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE, events: env.ORDER_EVENTS_TABLE }),
  clock: Date.now,
};

interface Input extends EndOfAttemptInput {
  nextAction?: NextAction;
}

const nextAction = Joi.object<NextAction, true>({
  type: Joi.string().valid('redirect'),
  url: Joi.string().max(2048),
  expiresAt: Joi.string().max(30),
});

export const handler = step(endOfAttempt<Input>({ nextAction: nextAction.optional() }), (input) =>
  parkOrder(ports, { ...input, run: runOf(input) }),
);
