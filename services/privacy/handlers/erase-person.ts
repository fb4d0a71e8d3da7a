import { dynamodb } from '../../../shared/aws/dynamodb';
import { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { lambda } from '../../../shared/aws/lambda';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { DynamodbPersonRequests } from '../adapters/dynamodb-person-requests';
import { LambdaKeepers } from '../adapters/lambda-keepers';
import { erasePersonRoute, type PersonRequest, requestView } from '../api';
import { askAboutPerson } from '../use-cases/ask-about-person';

const env = environment({
  REQUESTS_TABLE: text,
  IDEMPOTENCY_TABLE: text,
  AUDIT_LOG_TABLE: text,
  FUNCTIONS_PREFIX: text,
});

const replies = new IdempotencyTable(dynamodb, env.IDEMPOTENCY_TABLE);
const tables = { requests: env.REQUESTS_TABLE, audit: env.AUDIT_LOG_TABLE };

const ports = {
  replies,
  people: new LambdaKeepers(lambda, env.FUNCTIONS_PREFIX),
  requests: new DynamodbPersonRequests(dynamodb, tables, replies),
  clock: Date.now,
  answer: (row: PersonRequest) =>
    json(202, requestView(row), { location: `/staff/people/requests/${row.id}` }),
};

export const handler = http(erasePersonRoute, ({ caller, body: { requestId, ...named }, idempotency }) =>
  askAboutPerson(ports, {
    kind: 'ERASE',
    requestId,
    named,
    staffId: caller.id,
    correlationId: invocation().correlationId,
    request: idempotency,
  }),
);
