import Joi from 'joi';
import { cognito } from '../../../shared/aws/cognito';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { annotate, correlate } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { CognitoUsers } from '../adapters/cognito-users';
import { DynamodbAccounts } from '../adapters/dynamodb-accounts';
import { exportAccount } from '../use-cases/export-account';

const env = environment({ ACCOUNTS_TABLE: text, USER_POOL_ID: text });

const ports = {
  accounts: new DynamodbAccounts(dynamodb, env.ACCOUNTS_TABLE),
  users: new CognitoUsers(cognito, env.USER_POOL_ID),
};

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
  return exportAccount(ports, customerId);
});
