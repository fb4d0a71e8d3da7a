import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { annotate, correlate } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbAccounts } from '../adapters/dynamodb-accounts';
import { forgetDevice } from '../use-cases/forget-device';

const env = environment({ ACCOUNTS_TABLE: text });

const ports = { accounts: new DynamodbAccounts(dynamodb, env.ACCOUNTS_TABLE), clock: Date.now };

interface Input {
  customerId: string;
  deviceId: string;
  token: string;
  correlationId: string;
}

const input = Joi.object<Input, true>({
  customerId: Joi.string().min(1).max(128),
  deviceId: Joi.string().min(1).max(64),
  token: Joi.string().min(1).max(4096),
  correlationId: Joi.string().min(1).max(128),
});

export const handler = schedule(input, ({ correlationId, ...device }) => {
  correlate(correlationId);
  annotate({ customerId: device.customerId });
  return forgetDevice(ports, device);
});
