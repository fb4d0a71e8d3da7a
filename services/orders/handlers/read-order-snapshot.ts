import Joi from 'joi';
import { secret } from '../../../shared/aws/cached-secrets';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { annotate, correlate } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbOrders } from '../adapters/dynamodb-orders';
import { SecretGuestLinks } from '../adapters/secret-guest-links';
import { orderView } from '../api/views';
import { readOrderSnapshot, type SnapshotQuestion } from '../use-cases/read-order-snapshot';

const env = environment({ ORDERS_TABLE: text, LINK_KEYS_SECRET: text });

const ports = {
  orders: new DynamodbOrders(dynamodb, { orders: env.ORDERS_TABLE }),
  links: new SecretGuestLinks(secret, env.LINK_KEYS_SECRET),
  clock: Date.now,
};

const input = Joi.object<SnapshotQuestion & { correlationId: string }>({
  orderId: Joi.string().min(1).max(64),
  customerId: Joi.string().min(1).max(128).optional(),
  // Any text is a token to be judged.
  guestToken: Joi.string().allow('').optional(),
  correlationId: Joi.string().min(1).max(128),
});

export const handler = schedule(input, async ({ correlationId, ...question }) => {
  correlate(correlationId);
  annotate({ orderId: question.orderId });
  const found = await readOrderSnapshot(ports, question);
  if (found.outcome !== 'FOUND') return found;
  return { ...found, order: orderView(found.order) };
});
