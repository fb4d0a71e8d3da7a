import { dynamodb } from '../../../shared/aws/dynamodb';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { DynamoDbEndpoints } from '../adapters/dynamodb-endpoints';
import { deleteEndpointRoute } from '../api';
import { deleteEndpoint } from '../use-cases/change-endpoint';

const env = environment({ WEBHOOK_ENDPOINTS_TABLE: text, AUDIT_LOG_TABLE: text });

const tables = { endpoints: env.WEBHOOK_ENDPOINTS_TABLE, audit: env.AUDIT_LOG_TABLE };
const ports = { endpoints: new DynamoDbEndpoints(dynamodb, tables) };

export const handler = http(deleteEndpointRoute, async ({ caller, path, ifMatch }) => {
  const act = { actor: caller.id, at: Date.now(), correlationId: invocation().correlationId };
  const deleted = await deleteEndpoint(ports, { id: path.id, seen: ifMatch }, act);
  return isRefusal(deleted) ? deleted : json(200, deleted);
});
