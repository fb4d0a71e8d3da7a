import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { correlate } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { PersonTable } from '../adapters/person-table';
import { exportPayments } from '../use-cases/export-payments';

const env = environment({ PAYMENTS_TABLE: text });

const ports = { files: new PersonTable(dynamodb, { payments: env.PAYMENTS_TABLE }) };

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
  return exportPayments(ports, orderIds);
});
