import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, integer, text } from '../../../shared/lambda/environment';
import { type StepInput, step, stepInput } from '../../../shared/lambda/step';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { DynamodbPriceList } from '../adapters/dynamodb-price-list';
import { runOf } from '../adapters/end-of-attempt';
import { validateOrder } from '../use-cases/validate-order';

const env = environment({
  ORDERS_TABLE: text,
  PRICES_TABLE: text,
  REVIEW_ABOVE: integer,
  REVIEW_SCORE: integer,
});

const ports = {
  orders: new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE }),
  prices: new DynamodbPriceList(dynamodb, env.PRICES_TABLE),
  clock: Date.now,
  limits: { above: env.REVIEW_ABOVE, score: env.REVIEW_SCORE },
};

interface Input extends StepInput {
  executionId: string;
}

const input = stepInput<Input>({ executionId: Joi.string().min(1).max(512) });

export const handler = step(input, (claim) =>
  validateOrder(ports, { orderId: claim.orderId, run: runOf(claim) }),
);
