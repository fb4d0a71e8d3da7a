import Joi from 'joi';
import { secret } from '../../../shared/aws/cached-secrets';
import { cognito } from '../../../shared/aws/cognito';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { correlate } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { CognitoAccounts } from '../adapters/cognito-accounts';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { HmacEmails } from '../adapters/hmac-emails';
import { findPerson, type Named } from '../use-cases/find-person';

const env = environment({ ORDERS_TABLE: text, USER_POOL_ID: text, EMAIL_INDEX_SECRET: text });

const ports = {
  orders: new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE }),
  accounts: new CognitoAccounts(cognito, env.USER_POOL_ID),
  emails: new HmacEmails(secret, env.EMAIL_INDEX_SECRET),
};

const input = Joi.object<Named & { correlationId: string }, true>({
  customerId: Joi.string().min(1).max(128).optional(),
  orderId: Joi.string().min(1).max(64).optional(),
  email: Joi.string().min(3).max(254).optional(),
  verifiedOnly: Joi.boolean().optional(),
  correlationId: Joi.string().min(1).max(128),
});

export const handler = schedule(input, ({ correlationId, ...named }) => {
  correlate(correlationId);
  return findPerson(ports, named);
});
