import Joi from 'joi';
import { secret } from '../../../shared/aws/cached-secrets';
import { cognito } from '../../../shared/aws/cognito';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { type StepInput, step } from '../../../shared/lambda/step';
import { CognitoAccounts } from '../adapters/cognito-accounts';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { SecretGuestLinks } from '../adapters/secret-guest-links';
import { readOrderContact } from '../use-cases/read-order-contact';

const env = environment({
  ORDERS_TABLE: text,
  USER_POOL_ID: text,
  LINK_KEYS_SECRET: text,
  GUEST_ORDER_URL: text,
});

const ports = {
  orders: new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE }),
  accounts: new CognitoAccounts(cognito, env.USER_POOL_ID),
  links: new SecretGuestLinks(secret, env.LINK_KEYS_SECRET, env.GUEST_ORDER_URL),
  clock: Date.now,
};

type Input = Pick<StepInput, 'orderId' | 'correlationId'>;

const input = Joi.object<Input, true>({
  orderId: Joi.string().min(1).max(64),
  correlationId: Joi.string().min(1).max(128),
});

export const handler = step(input, ({ orderId }) => readOrderContact(ports, orderId));
