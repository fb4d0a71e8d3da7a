import { dynamodb } from '../../../shared/aws/dynamodb';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, optional, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { allowedHostsOf } from '../adapters/allowed-hosts';
import { DynamoDbEndpoints } from '../adapters/dynamodb-endpoints';
import { changeEndpointRoute, endpointView } from '../api';
import { changeEndpoint } from '../use-cases/change-endpoint';

const env = environment({ WEBHOOK_ENDPOINTS_TABLE: text, AUDIT_LOG_TABLE: text, ALLOWED_HOSTS: optional });

const tables = { endpoints: env.WEBHOOK_ENDPOINTS_TABLE, audit: env.AUDIT_LOG_TABLE };
const ports = {
  endpoints: new DynamoDbEndpoints(dynamodb, tables),
  allowedHosts: allowedHostsOf(env.ALLOWED_HOSTS),
};

export const handler = http(changeEndpointRoute, async ({ caller, path, body, ifMatch }) => {
  const act = { actor: caller.id, at: Date.now(), correlationId: invocation().correlationId };
  const changed = await changeEndpoint(ports, { id: path.id, seen: ifMatch }, body, act);
  return isRefusal(changed) ? changed : json(200, endpointView(changed), { etag: `"${changed.version}"` });
});
