import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { step } from '../../../shared/lambda/step';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { type EndOfAttemptInput, endOfAttempt, rejectionReason, runOf } from '../adapters/end-of-attempt';
import { rejectOrder } from '../use-cases/reject-order';

const env = environment({ ORDERS_TABLE: text, ORDER_EVENTS_TABLE: text });

const ports = {
  orders: new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE, events: env.ORDER_EVENTS_TABLE }),
  clock: Date.now,
};

interface Input extends EndOfAttemptInput {
  reason: string;
}

export const handler = step(endOfAttempt<Input>({ reason: Joi.string().max(64) }), ({ reason, ...input }) =>
  rejectOrder(ports, { ...input, run: runOf(input), reason: rejectionReason(reason) }),
);
