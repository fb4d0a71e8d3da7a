import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { correlate } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { PersonTable } from '../adapters/person-table';
import { erasePayments } from '../use-cases/erase-payments';

const env = environment({ PAYMENTS_TABLE: text, IDEMPOTENCY_TABLE: text });

const ports = {
  refunds: new PersonTable(dynamodb, { payments: env.PAYMENTS_TABLE, idempotency: env.IDEMPOTENCY_TABLE }),
};

interface Input {
  orderIds: string[];
  check: boolean;
  correlationId: string;
}

const input = Joi.object<Input, true>({
  orderIds: Joi.array().items(Joi.string().min(1).max(64)).max(25),
  check: Joi.boolean(),
  correlationId: Joi.string().min(1).max(128),
});

export const handler = schedule(input, ({ correlationId, ...wanted }) => {
  correlate(correlationId);
  return erasePayments(ports, wanted);
});
