import { dynamodb } from '../../../shared/aws/dynamodb';
import { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { sqs } from '../../../shared/aws/sqs';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { DynamoDbDeliveries } from '../adapters/dynamodb-deliveries';
import { DynamoDbEndpoints } from '../adapters/dynamodb-endpoints';
import { SqsAttempts } from '../adapters/sqs-attempts';
import { deliveryView, resendDeliveryRoute } from '../api';
import { resendDelivery } from '../use-cases/resend-delivery';

const env = environment({
  WEBHOOK_ENDPOINTS_TABLE: text,
  WEBHOOK_DELIVERIES_TABLE: text,
  WEBHOOKS_QUEUE: text,
  AUDIT_LOG_TABLE: text,
  IDEMPOTENCY_TABLE: text,
});
const replies = new IdempotencyTable(dynamodb, env.IDEMPOTENCY_TABLE);
const tables = { deliveries: env.WEBHOOK_DELIVERIES_TABLE, audit: env.AUDIT_LOG_TABLE };
const ports = {
  endpoints: new DynamoDbEndpoints(dynamodb, { endpoints: env.WEBHOOK_ENDPOINTS_TABLE }),
  deliveries: new DynamoDbDeliveries(dynamodb, tables, replies),
  attempts: new SqsAttempts(sqs, env.WEBHOOKS_QUEUE),
  replies,
  answer: (delivery: Parameters<typeof deliveryView>[0]) => json(202, deliveryView(delivery)),
};

export const handler = http(resendDeliveryRoute, ({ caller, path, idempotency }) =>
  resendDelivery(ports, { endpointId: path.id, deliveryId: path.deliveryId }, idempotency, {
    actor: caller.id,
    at: Date.now(),
    correlationId: invocation().correlationId,
  }),
);
