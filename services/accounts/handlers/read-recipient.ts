import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { annotate, correlate } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbAccounts } from '../adapters/dynamodb-accounts';
import { readRecipient } from '../use-cases/read-recipient';

const env = environment({ ACCOUNTS_TABLE: text });

const ports = { accounts: new DynamodbAccounts(dynamodb, env.ACCOUNTS_TABLE) };

interface Input {
  customerId: string;
  correlationId: string;
}

const input = Joi.object<Input, true>({
  customerId: Joi.string().min(1).max(128),
  correlationId: Joi.string().min(1).max(128),
});

export const handler = schedule(input, ({ customerId, correlationId }) => {
  correlate(correlationId);
  annotate({ customerId });
  return readRecipient(ports, customerId);
});
