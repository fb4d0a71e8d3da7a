import { dynamodb } from '../../../shared/aws/dynamodb';
import { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { newId } from '../../../shared/kernel/ids';
import { environment, optional, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { allowedHostsOf } from '../adapters/allowed-hosts';
import { DynamoDbEndpoints } from '../adapters/dynamodb-endpoints';
import { newSecret } from '../adapters/new-secret';
import { createEndpointRoute } from '../api';
import { createEndpoint } from '../use-cases/create-endpoint';

const env = environment({
  WEBHOOK_ENDPOINTS_TABLE: text,
  AUDIT_LOG_TABLE: text,
  IDEMPOTENCY_TABLE: text,
  ALLOWED_HOSTS: optional,
});
const replies = new IdempotencyTable(dynamodb, env.IDEMPOTENCY_TABLE);
const tables = { endpoints: env.WEBHOOK_ENDPOINTS_TABLE, audit: env.AUDIT_LOG_TABLE };
const ports = {
  endpoints: new DynamoDbEndpoints(dynamodb, tables, replies),
  replies,
  newId: () => newId('hook'),
  newSecret,
  allowedHosts: allowedHostsOf(env.ALLOWED_HOSTS),
  answer: (endpoint: { version: number }) => json(201, endpoint, { etag: `"${endpoint.version}"` }),
};

export const handler = http(createEndpointRoute, ({ caller, body, idempotency }) =>
  createEndpoint(ports, body, idempotency, {
    actor: caller.id,
    at: Date.now(),
    correlationId: invocation().correlationId,
  }),
);
