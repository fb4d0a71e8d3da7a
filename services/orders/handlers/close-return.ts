import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { type Money, moneySchema } from '../../../shared/kernel/money';
import { environment, text } from '../../../shared/lambda/environment';
import { type StepInput, step, stepInput } from '../../../shared/lambda/step';
import { DynamodbFulfilment } from '../adapters/dynamodb-fulfilment';
import { type EndOfAttemptInput, paymentStatusSchema } from '../adapters/end-of-attempt';
import { closeReturn } from '../use-cases/close-return';

const env = environment({ ORDERS_TABLE: text, ORDER_EVENTS_TABLE: text, FULFILMENT_TABLE: text });

const tables = {
  orders: env.ORDERS_TABLE,
  events: env.ORDER_EVENTS_TABLE,
  fulfilment: env.FULFILMENT_TABLE,
};

const ports = { orders: new DynamodbFulfilment(dynamodb, tables), clock: Date.now };

interface Input extends StepInput, Pick<EndOfAttemptInput, 'paymentStatus'> {
  returnId: string;
  paymentVersion: number;
  refunded: Money;
}

const input = stepInput<Input>({
  returnId: Joi.string().min(1).max(64),
  refunded: moneySchema,
  paymentStatus: paymentStatusSchema,
  paymentVersion: Joi.number().integer().min(0),
});

export const handler = step(input, ({ paymentStatus, paymentVersion: version, ...end }) =>
  closeReturn(ports, { ...end, payment: { paymentStatus, version } }),
);
